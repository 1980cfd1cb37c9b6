import { IndexedStore } from "./indexed-store.js";
import { MemoryStore } from "./memory-store.js";

/** Parts of a deadline: a machine that wakes up has missed at most one of them. */
const TICKS = 10;

/**
 * Store that falls back to memory when the one below it fails: is blocked, broken, full, or does not answer in time.
 * This client's copy of the entries then stays in memory; stored entries stay in the store below, for the next start.
 */
export class KeptStore {
  /** @type {Store} */
  #store;
  #timeoutMs;
  /** Copy of the entries as last read by this client. @type {Items} */
  #known = new Map();
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** @type {Store | null} */
  #memory = null;
  #lost;

  /**
   * @typedef {import("./store.js").Store} Store
   * @typedef {import("./store.js").Items} Items
   *
   * @param {Store} store
   * @param {number} timeoutMs
   * @param {(reason: unknown) => void} lost called once, when the store has failed
   */
  constructor(store, timeoutMs, lost) {
    this.#store = store;
    this.#timeoutMs = timeoutMs;
    this.#lost = lost;
  }

  /** True while entries outlive this client. */
  get isKept() {
    return this.#memory === null;
  }

  /**
   * Runs transactions one after the other: if one fails, the next ones are in memory too.
   *
   * @template T @param {string} prefix @param {(items: Items) => T} change @returns {Promise<T>}
   */
  update(prefix, change) {
    const result = this.#last.then(() => this.#run(prefix, change));
    this.#last = result.catch(() => {});
    return result;
  }

  /** @param {any} message */
  tell(message) {
    this.#store.tell(message);
  }

  /** @param {(message: any) => void} listener */
  listen(listener) {
    return this.#store.listen(listener);
  }

  /** Closes the store after the pending transactions. @returns {Promise<void>} */
  close() {
    const closing = this.#last.then(() => this.#store.close());
    this.#last = closing;
    return closing;
  }

  /** @template T @param {string} prefix @param {(items: Items) => T} change @returns {Promise<T>} */
  async #run(prefix, change) {
    if (this.#memory === null) {
      try {
        return await this.#runBelow(prefix, change);
      } catch (failure) {
        this.#memory = new MemoryStore(null, this.#known);
        this.#lost(failure);
      }
    }
    return this.#memory.update(prefix, change);
  }

  /** @template T @param {string} prefix @param {(items: Items) => T} change @returns {Promise<T>} */
  async #runBelow(prefix, change) {
    /** @type {Items} */
    let seen = new Map();
    const running = this.#store.update(prefix, (items) => {
      const result = change(items);
      seen = new Map(items);
      return result;
    });
    const result = await inTime(running, this.#timeoutMs);
    for (const key of [...this.#known.keys()].filter((each) => each.startsWith(prefix))) {
      this.#known.delete(key);
    }
    seen.forEach((value, key) => this.#known.set(key, value));
    return result;
  }
}

/** @template T @param {Promise<T>} running @param {number} timeoutMs @returns {Promise<T>} */
function inTime(running, timeoutMs) {
  return new Promise((done, failed) => {
    let left = TICKS;
    const ticking = setInterval(
      () => --left === 0 && end(() => failed(new Error("The storage does not answer"))),
      timeoutMs / TICKS,
    );
    const end = (/** @type {() => void} */ then) => {
      clearInterval(ticking);
      then();
    };
    running.then(
      (result) => end(() => done(result)),
      (failure) => end(() => failed(failure)),
    );
  });
}

/**
 * Default store of a client: IndexedDB if available, which all tabs share. Otherwise the text storage of the client,
 * and clients of the same program that share it share the store.
 *
 * @param {string} origin of the server, for users of two servers may have the same id
 * @param {import("./storage.js").TextStorage} storage
 * @returns {import("./store.js").Store}
 */
export function defaultStore(origin, storage) {
  // Also when a browser blocks it: that store cannot keep anything, which the client then reports.
  return "indexedDB" in globalThis ? new IndexedStore(`parlance ${origin}`) : new MemoryStore(storage);
}
