import { differences } from "./store.js";

const ITEMS = "items";

/** Version of the form of the items. A store of another version begins empty. */
const VERSION = 2;

/** Character after all keys with a prefix. */
const LAST = "\uffff";

/**
 * Store in IndexedDB, one for all tabs of an origin, with a BroadcastChannel between them. Each transaction is
 * committed explicitly, so that the browser completes it even if the tab is closed.
 */
export class IndexedStore {
  #name;
  /** @type {Promise<IDBDatabase> | null} */
  #opening = null;
  #channel;

  /**
   * @typedef {import("./store.js").Items} Items
   *
   * @param {string} name of the database and of the channel
   */
  constructor(name) {
    this.#name = name;
    // Without the channel, tabs see each other's changes when they claim.
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
  }

  /** @template T @param {string} prefix @param {(items: Items) => T} change @returns {Promise<T>} */
  async update(prefix, change) {
    this.#opening ??= this.#open();
    const transaction = (await this.#opening).transaction(ITEMS, "readwrite");
    return new Promise((done, failed) => {
      /** @type {T} */
      let result;
      /** @type {unknown} */
      let failure = null;
      read(transaction.objectStore(ITEMS), prefix, (before) => {
        try {
          const now = new Map(before);
          result = change(now);
          write(transaction.objectStore(ITEMS), before, now);
          transaction.commit();
        } catch (thrown) {
          failure = thrown;
          transaction.abort();
        }
      });
      transaction.addEventListener("complete", () => done(result));
      transaction.addEventListener("abort", () => failed(failure ?? transaction.error ?? new Error("aborted")));
    });
  }

  /** @param {any} message */
  tell(message) {
    this.#channel?.postMessage(message);
  }

  /** @param {(message: any) => void} listener */
  listen(listener) {
    const handler = (/** @type {MessageEvent} */ { data }) => listener(data);
    this.#channel?.addEventListener("message", handler);
    return () => this.#channel?.removeEventListener("message", handler);
  }

  close() {
    this.#channel?.close();
    this.#opening?.then((database) => database.close()).catch(() => {});
  }

  /** @returns {Promise<IDBDatabase>} */
  async #open() {
    // Reading the name alone throws where a browser blocks storage.
    const request = globalThis.indexedDB.open(this.#name, VERSION);
    return new Promise((opened, failed) => {
      request.addEventListener("upgradeneeded", () => {
        const database = request.result;
        [...database.objectStoreNames].forEach((name) => database.deleteObjectStore(name));
        database.createObjectStore(ITEMS);
      });
      request.addEventListener("blocked", () => failed(new Error("blocked")));
      request.addEventListener("error", () => failed(request.error));
      request.addEventListener("success", () => {
        const database = request.result;
        // The user or another page deletes the data of this origin: the next transaction starts with an empty database.
        const forget = () => {
          database.close();
          this.#opening = null;
        };
        database.addEventListener("versionchange", forget);
        database.addEventListener("close", forget);
        opened(database);
      });
    });
  }
}

/** @param {IDBObjectStore} store @param {string} prefix @param {(items: Items) => void} done */
function read(store, prefix, done) {
  const range = IDBKeyRange.bound(prefix, prefix + LAST);
  const keys = store.getAllKeys(range);
  const values = store.getAll(range);
  values.addEventListener("success", () => done(new Map(keys.result.map((key, i) => [String(key), values.result[i]]))));
}

/** @param {IDBObjectStore} store @param {Items} before @param {Items} now */
function write(store, before, now) {
  const { set, deleted } = differences(before, now);
  deleted.forEach((key) => store.delete(key));
  set.forEach(([key, value]) => store.put(value, key));
}
