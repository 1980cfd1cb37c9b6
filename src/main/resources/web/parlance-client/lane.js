/** Requests of one room as this client sends them: one under way at a time, so that they keep their order whatever happens. */
export class Lane {
  /** @type {import("./outbox.js").Request | null} */
  underWay = null;
  /** Whether the next request is being claimed from the store. */
  isClaiming = false;
  /** Whether it waits before the next try. */
  isPausing = false;
  /** Whether it looks later if another client has stopped sending. */
  isWatching = false;

  /** @param {import("./backoff.js").Backoff} backoff */
  constructor(backoff) {
    this.backoff = backoff;
  }

  get isFree() {
    return this.underWay === null && !this.isClaiming && !this.isPausing;
  }
}
