import { differences } from "./store.js";
import { StoredValue } from "./storage.js";

/** Stores of this program by their shared text storage. @type {WeakMap<object, Set<MemoryStore>>} */
const sharing = new WeakMap();

/**
 * Store in memory, or in one text of a storage, which it rewrites with each change. It is for programs without
 * IndexedDB: one process at a time may use a storage, with any number of clients.
 */
export class MemoryStore {
  /** @type {Items} */
  #items;
  /** @type {StoredValue<[string, any][]> | null} */
  #stored;
  /** @type {Set<MemoryStore>} */
  #others;
  /** @type {Set<(message: any) => void>} */
  #listeners = new Set();

  /**
   * @typedef {import("./store.js").Items} Items
   *
   * @param {import("./storage.js").TextStorage | null} [storage] holds the entries, which all stores over it share
   * @param {Items} [items] to begin with, without a storage
   */
  constructor(storage = null, items = new Map()) {
    this.#items = new Map(items);
    this.#stored = storage && new StoredValue(storage, "parlance.store");
    this.#others = storage ? (sharing.get(storage) ?? new Set()) : new Set();
    if (storage) {
      sharing.set(storage, this.#others);
    }
    this.#others.add(this);
  }

  /** @template T @param {string} prefix @param {(items: Items) => T} change @returns {Promise<T>} */
  async update(prefix, change) {
    const all = this.#stored ? new Map(this.#stored.read() ?? []) : this.#items;
    const keys = [...all.keys()].filter((key) => key.startsWith(prefix)).sort();
    const before = new Map(keys.map((key) => [key, all.get(key)]));
    const now = new Map(before);
    const result = change(now);
    const { set, deleted } = differences(before, now);
    if (set.length + deleted.length > 0) {
      deleted.forEach((key) => all.delete(key));
      set.forEach(([key, value]) => all.set(key, structuredClone(value)));
      this.#stored?.write([...all]);
    }
    return result;
  }

  /** @param {any} message */
  tell(message) {
    for (const other of this.#others) {
      if (other !== this) {
        other.#listeners.forEach((listener) => queueMicrotask(() => listener(structuredClone(message))));
      }
    }
  }

  /** @param {(message: any) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close() {
    this.#listeners.clear();
    this.#others.delete(this);
  }
}
