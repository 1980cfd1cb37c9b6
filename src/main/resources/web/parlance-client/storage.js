/**
 * Where the library keeps what shall survive a reload: `localStorage`, `sessionStorage`, or anything alike.
 *
 * @typedef {object} TextStorage
 * @property {(key: string) => string | null} getItem
 * @property {(key: string, value: string) => void} setItem may throw when it is full
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
 * One value of a storage, as JSON. What cannot be read counts as absent.
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

  /** @param {T | null} value null to forget it */
  write(value) {
    this.#storage.setItem(this.#key, value === null ? "" : JSON.stringify(value));
  }
}
