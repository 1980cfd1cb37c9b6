import { Backoff } from "../parlance-client/backoff.js";

const AT_LEAST_MS = 500;
const SETTINGS = { retryBaseMs: 1_000, retryCapMs: 30_000 };

/** Retries a failed action, after growing waits, until it succeeds or cannot succeed. */
export class Retries {
  #action;
  #backoff;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /** @param {() => void} action tells {@link failed} or {@link succeeded} */
  constructor(action, random = Math.random) {
    this.#action = action;
    this.#backoff = new Backoff(random, SETTINGS);
  }

  /** True while a retry is scheduled. */
  get waiting() {
    return this.#timer !== null;
  }

  /** @param {{retryable?: boolean, retryAfterMs?: number}} failure a failure that is not retryable ends the retries */
  failed({ retryable = true, retryAfterMs = 0 }) {
    this.stop();
    if (retryable) {
      this.#timer = setTimeout(
        () => {
          this.#timer = null;
          this.#action();
        },
        AT_LEAST_MS + this.#backoff.next(retryAfterMs),
      );
    }
  }

  succeeded() {
    this.stop();
    this.#backoff.reset();
  }

  stop() {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }
}
