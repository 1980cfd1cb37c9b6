/** Key of the session. The page reads it before it loads the library. */
export const SESSION_KEY = "parlance.session";

/** Key of ended sessions that the server may not know of. */
export const ENDINGS_KEY = "parlance.endings";

/**
 * Storage of values that survive a reload: `localStorage`, `sessionStorage`, or anything alike.
 *
 * @typedef {object} TextStorage
 * @property {(key: string) => string | null} getItem
 * @property {(key: string, value: string) => void} setItem may throw when it is full
 * @property {(key: string) => void} [removeItem]
 */

/**
 * A storage that lives as long as the program.
 *
 * @returns {TextStorage}
 */
export function memoryStorage() {
  /** @type {Map<string, string>} */
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value);
    },
  };
}

/**
 * A storage of the browser that may be blocked (`SecurityError`) or full (`QuotaExceededError`). Refused values are
 * kept in memory, and are written with the next accepted value.
 */
export class FallbackStorage {
  #open;
  #changed;
  /**
   * Unwritten values, with the stored ones at that time. @type {Map<string, {value: string, before: string | null}>}
   */
  #unwritten = new Map();
  #isBlocked = false;

  /**
   * @param {() => TextStorage} open such as `() => localStorage`, which itself fails when it is blocked
   * @param {() => void} [changed] called when {@link lasting} has changed
   */
  constructor(open, changed = () => {}) {
    this.#open = open;
    this.#changed = changed;
    this.#read("parlance");
  }

  /** True while all values survive a reload. */
  get lasting() {
    return !this.#isBlocked && this.#unwritten.size === 0;
  }

  /** True when the browser allows the page no storage at all. */
  get blocked() {
    return this.#isBlocked;
  }

  /** @param {string} key @returns {string | null} */
  getItem(key) {
    const stored = this.#read(key);
    const kept = this.#unwritten.get(key);
    // Another tab may have succeeded since.
    return kept && kept.before === stored ? kept.value : stored;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    const wasLasting = this.lasting;
    this.#unwritten.delete(key);
    if (this.#write(key, value)) {
      this.#writeOthers();
    } else {
      this.#unwritten.set(key, { value, before: this.#read(key) });
    }
    if (wasLasting !== this.lasting) {
      this.#changed();
    }
  }

  /** @param {string} key */
  removeItem(key) {
    this.#unwritten.delete(key);
    try {
      this.#open().removeItem?.(key);
    } catch {
      // A blocked storage has none of them.
    }
  }

  /** Retries to write the values in memory. @returns {boolean} true when all are written */
  writeAgain() {
    const wasLasting = this.lasting;
    this.#writeOthers();
    if (wasLasting !== this.lasting) {
      this.#changed();
    }
    return this.lasting;
  }

  #writeOthers() {
    for (const [key, { value, before }] of this.#unwritten) {
      if (before !== this.#read(key) || this.#write(key, value)) {
        this.#unwritten.delete(key);
      }
    }
  }

  /** @param {string} key */
  #read(key) {
    try {
      const stored = this.#open().getItem(key);
      this.#isBlocked = false;
      return stored;
    } catch {
      this.#isBlocked = true;
      return null;
    }
  }

  /** @param {string} key @param {string} value */
  #write(key, value) {
    try {
      this.#open().setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * One value of a storage, as JSON. A malformed value counts as absent.
 *
 * @template T
 */
export class StoredValue {
  #storage;
  #key;

  /** @param {TextStorage} storage @param {string} key */
  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
  }

  get key() {
    return this.#key;
  }

  /** @returns {T | null} */
  read() {
    const text = this.#storage.getItem(this.#key);
    if (!text) {
      return null;
    }
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  /** @param {T | null} value null to delete it */
  write(value) {
    this.#storage.setItem(this.#key, value === null ? "" : JSON.stringify(value));
  }
}
