/**
 * @typedef {import("./outbox.js").Request} Request
 * @typedef {import("./outbox.js").RequestState} RequestState
 */

/**
 * Copy of the store's unsent requests, in the order of sending. The store answers later than it is asked; changes by
 * this client meanwhile are newer than the answer.
 */
export class RequestCopy {
  /** @type {Map<string, Request>} */
  #requests = new Map();
  /** Ids of the requests whose last change is being stored. @type {Set<string>} */
  #unstored = new Set();
  /** Ids of the requests that ended while the store was read. @type {Set<string>} */
  #ended = new Set();
  #reads = 0;

  get size() {
    return this.#requests.size;
  }

  /** @param {string} id */
  get(id) {
    return this.#requests.get(id);
  }

  /** @param {string} [room] all rooms without it @returns {Request[]} */
  of(room) {
    return [...this.#requests.values()].filter((request) => room === undefined || request.roomId === room);
  }

  /** True when a request of a room can be sent: it is stored, and has not failed. @param {string} room */
  isWaiting(room) {
    return this.of(room).some(({ id, state }) => state === "waiting" && !this.#unstored.has(id));
  }

  /** Puts a request behind all others. @param {Request} request */
  put(request) {
    this.#requests.delete(request.id);
    this.#requests.set(request.id, request);
  }

  /** @param {string} id */
  forget(id) {
    this.#requests.delete(id);
    if (this.#reads > 0) {
      this.#ended.add(id);
    }
  }

  clear() {
    this.#requests.clear();
  }

  /** True when a request in an answer of the store has ended since. @param {string} id */
  hasEnded(id) {
    return this.#ended.has(id);
  }

  /** Waits until a change is stored. @param {string} id @param {Promise<void>} storing */
  async storing(id, storing) {
    this.#unstored.add(id);
    await storing;
    this.#unstored.delete(id);
  }

  /**
   * Reads from the store, and records the requests that end meanwhile.
   *
   * @template T
   * @param {Promise<T>} reading
   * @param {(read: T) => void} take
   */
  async read(reading, take) {
    this.#reads++;
    take(await reading);
    if (--this.#reads === 0) {
      this.#ended.clear();
    }
  }

  /**
   * Reads the requests of a room again.
   *
   * @param {string} room
   * @param {Promise<Request[]>} reading
   * @param {(request: Request, state: RequestState) => void} changed
   */
  async reload(room, reading, changed) {
    const stored = new Set(this.of(room).map(({ id }) => id));
    this.#unstored.forEach((id) => stored.delete(id));
    await this.read(reading, (read) => this.take(room, read, changed, stored));
  }

  /**
   * @param {string} room
   * @param {Request[]} read the stored requests of the room
   * @param {(request: Request, state: RequestState) => void} changed called for each request that is new, gone or in
   *   another state
   * @param {Set<string>} before ids of the requests that were stored when the reading began
   */
  take(room, read, changed, before = new Set()) {
    const now = read.filter(({ id }) => !this.#ended.has(id));
    const there = new Set(now.map(({ id }) => id));
    const known = new Map(this.of(room).map((request) => [request.id, request]));
    known.forEach((_, id) => this.#requests.delete(id));
    now.forEach((request) => this.#requests.set(request.id, known.get(request.id) ?? request));
    const gone = [...known.values()].filter(({ id }) => !there.has(id) && before.has(id));
    [...known.values()].filter(({ id }) => !there.has(id) && !before.has(id)).forEach((request) => this.put(request));
    now.forEach((request) => {
      const copy = known.get(request.id);
      if (!copy) {
        changed(request, request.state);
      } else if (copy.state !== request.state && copy.state !== "sending" && !this.#unstored.has(copy.id)) {
        delete copy.error;
        Object.assign(copy, request.error && { error: request.error });
        changed(copy, request.state);
      }
    });
    gone.forEach((request) => changed(request, "gone"));
  }
}
