import { MemoryStore } from "../../main/resources/web/parlance-client/memory-store.js";

/**
 * Store of one tab that takes its time, as a database does, and that can be ended like a process: what was not committed by
 * then never is, and nothing is told any more. It can also be frozen, and fail.
 *
 * @implements {import("../../main/resources/web/parlance-client/store.js").Store}
 */
export class FlakyStore {
  #store;
  #turns;
  #isDead = false;
  #failure = null;
  #thawed = Promise.resolve();
  /** @type {(() => void) | null} */
  #thaw = null;

  /** @param storage the browser's @param {() => Promise<void>} turns lets some time pass */
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

  /** As a crash of the tab does it. */
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

  /** What a dead process waits for never comes. */
  #alive() {
    return this.#isDead ? new Promise(() => {}) : undefined;
  }
}
