/**
 * Sending state of one room in this client: one request at a time, so that requests keep their order whatever happens.
 */
export class Lane {
  /** @type {import("./outbox.js").Request | null} */
  underWay = null;
  /** True while the next request is being claimed from the store. */
  isClaiming = false;
  /** True during the pause before a retry. */
  isPausing = false;
  /** True when a check is scheduled if another client has stopped sending. */
  isWatching = false;

  /** @param {import("./backoff.js").Backoff} backoff */
  constructor(backoff) {
    this.backoff = backoff;
  }

  get isFree() {
    return this.underWay === null && !this.isClaiming && !this.isPausing;
  }
}
