/**
 * Waits before retries: a random part of a bound that doubles up to a cap ("full jitter"), so that many clients that
 * lost the same server do not reconnect in step.
 */
export class Backoff {
  #random;
  #baseMs;
  #capMs;
  #attempts = 0;

  /**
   * @param {() => number} random from 0 to below 1
   * @param {Pick<import("./settings.js").Settings, "retryBaseMs" | "retryCapMs">} settings
   */
  constructor(random, settings) {
    this.#random = random;
    this.#baseMs = settings.retryBaseMs;
    this.#capMs = settings.retryCapMs;
  }

  /**
   * Time to wait before the next try.
   *
   * @param {number} [atLeastMs] pause that the server demands
   * @param {number} [capMs] in place of the setting's
   */
  next(atLeastMs = 0, capMs = this.#capMs) {
    return atLeastMs + this.#random() * Math.min(capMs, this.#baseMs * 2 ** this.#attempts++);
  }

  /** Resets after a success: the next failure is a first one. */
  reset() {
    this.#attempts = 0;
  }
}
