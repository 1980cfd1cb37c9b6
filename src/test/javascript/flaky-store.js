import { MemoryStore } from "../../main/resources/web/parlance-client/memory-store.js";

/**
 * Store of one tab that answers late, as a database does, and that can be killed like a process: uncommitted changes
 * are lost, and no message is sent any more. It can also be frozen, and fail.
 *
 * @typedef {import("../../main/resources/web/parlance-client/store.js").Store} Store
 * @implements {Store}
 */
export class FlakyStore {
  #store;
  #turns;
  #isDead = false;
  /** @type {Error | null} */
  #failure = null;
  #thawed = Promise.resolve();
  /** @type {(() => void) | null} */
  #thaw = null;

  /** @param storage the browser's @param {() => Promise<void>} turns waits for some time */
  constructor(storage, turns) {
    this.#store = new MemoryStore(storage);
    this.#turns = turns;
  }

  async update(prefix, change) {
    await this.#turns();
    await this.#thawed;
    await this.#alive();
    if (this.#failure) {
      throw this.#failure;
    }
    const result = await this.#store.update(prefix, change);
    await this.#turns();
    await this.#thawed;
    await this.#alive();
    return result;
  }

  tell(message) {
    if (!this.#isDead) {
      this.#store.tell(message);
    }
  }

  listen(listener) {
    return this.#store.listen((message) => void this.#thawed.then(() => this.#isDead || listener(message)));
  }

  close() {
    this.#store.close();
  }

  /** Ends it as a crash of the tab does. */
  kill() {
    this.#isDead = true;
  }

  fail(name) {
    this.#failure = Object.assign(new Error(name), { name });
  }

  freeze() {
    if (this.#thaw === null) {
      this.#thawed = new Promise((thawed) => {
        this.#thaw = thawed;
      });
    }
  }

  thaw() {
    this.#thaw?.();
    this.#thaw = null;
  }

  /** Waits forever in a dead process. */
  #alive() {
    return this.#isDead ? new Promise(() => {}) : undefined;
  }
}
