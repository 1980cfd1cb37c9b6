/**
 * @typedef {import("./outbox.js").Request} Request
 * @typedef {import("./store.js").Items} Items
 *
 * @typedef {object} Lease right to send the requests of one room, until its holder releases it or lets it expire
 * @property {string} holder
 * @property {number} until in milliseconds since 1970
 *
 * @typedef {object} Claim
 * @property {Request | null} next the next request to send
 * @property {number} heldForMs above 0 when another client has the room's lease
 */

const ORDER_DIGITS = 12;

/**
 * Unsent requests of one user in the store, with the lease of each room. A key consists of user, room and order: a
 * number above those of all requests of the room at the time of the addition, so all clients have the same order.
 *
 * A lease is taken in the transaction that reads the next request, needs no Web Locks (browsers have none for pages
 * without TLS), and expires after a crash. A client that was frozen for longer than its lease may send one request that
 * another has sent: both have the same id, and the server deduplicates them. The client claims again before the next
 * request, so the order is kept.
 */
export class StoredRequests {
  #store;
  #prefix;
  #holder;
  #leaseMs;

  /**
   * @param {import("./store.js").Store} store
   * @param {string} userId
   * @param {string} holder name of this client in leases
   * @param {number} leaseMs
   */
  constructor(store, userId, holder, leaseMs) {
    this.#store = store;
    this.#prefix = `outbox/${encodeURIComponent(userId)}/`;
    this.#holder = holder;
    this.#leaseMs = leaseMs;
  }

  /** All requests, those of a room in order. @returns {Promise<Request[]>} */
  all() {
    return this.#store.update(this.#prefix, (items) => requests(items).map(([, request]) => ({ ...request })));
  }

  /** @param {string} room @returns {Promise<Request[]>} */
  of(room) {
    return this.#update(room, (items) => requests(items).map(([, request]) => ({ ...request })));
  }

  /** Adds a request behind all others of its room. @param {Request} request */
  add(request) {
    return this.#update(request.roomId, (items) => void items.set(this.#nextKey(request.roomId, items), stored(request)));
  }

  /**
   * Assigns the next request of a room, with the room's lease, to this client. The lease is released when nothing
   * waits.
   *
   * @param {string} room
   * @returns {Promise<Claim>}
   */
  claim(room) {
    return this.#update(room, (items) => {
      const now = Date.now();
      const heldForMs = this.#heldForMs(items.get(this.#leaseKey(room)), now);
      if (heldForMs > 0) {
        return { next: null, heldForMs };
      }
      const next = requests(items).find(([, { state }]) => state === "waiting")?.[1] ?? null;
      if (next) {
        items.set(this.#leaseKey(room), { holder: this.#holder, until: now + this.#leaseMs });
      } else {
        items.delete(this.#leaseKey(room));
      }
      return { next: next && { ...next }, heldForMs: 0 };
    });
  }

  /** Extends the lease of a room, unless it is lost. @param {string} room */
  renew(room) {
    return this.#update(room, (items) => {
      if (items.get(this.#leaseKey(room))?.holder === this.#holder) {
        items.set(this.#leaseKey(room), { holder: this.#holder, until: Date.now() + this.#leaseMs });
      }
    });
  }

  /** @param {string} room */
  release(room) {
    return this.#update(room, (items) => {
      if (items.get(this.#leaseKey(room))?.holder === this.#holder) {
        items.delete(this.#leaseKey(room));
      }
    });
  }

  /** Deletes a request that is done or discarded. @param {{roomId: string, id: string}} request */
  remove({ roomId, id }) {
    return this.#change(roomId, id, (items, key) => void items.delete(key));
  }

  /** Deletes a request that is still failed: another client may have retried it. @param {Request} request */
  discard({ roomId, id }) {
    return this.#change(roomId, id, (items, key) => items.get(key).state === "failed" && items.delete(key));
  }

  /** @param {Request} request with its error */
  fail(request) {
    return this.#change(request.roomId, request.id, (items, key) => void items.set(key, stored(request)));
  }

  /** Puts a failed request behind all others of its room. @param {Request} request */
  retry(request) {
    return this.#change(request.roomId, request.id, (items, key) => {
      if (items.get(key).state === "failed") {
        const behind = this.#nextKey(request.roomId, items);
        items.delete(key);
        items.set(behind, stored(request));
      }
    });
  }

  /** Deletes all requests of the user. */
  clear() {
    return this.#store.update(this.#prefix, (items) => items.clear());
  }

  /** @template T @param {string} room @param {(items: Items) => T} change */
  #update(room, change) {
    return this.#store.update(this.#roomPrefix(room), change);
  }

  /** @param {string} room @param {string} id @param {(items: Items, key: string) => void} change */
  #change(room, id, change) {
    return this.#update(room, (items) => {
      const found = requests(items).find(([, request]) => request.id === id);
      if (found) {
        change(items, found[0]);
      }
    });
  }

  /**
   * Remaining time of a lease. One that ends later than any can is from before a clock was set back. @param {Lease |
   * undefined} lease @param {number} now
   */
  #heldForMs(lease, now) {
    const leftMs = (lease?.until ?? 0) - now;
    return lease?.holder === this.#holder || leftMs > this.#leaseMs ? 0 : Math.max(0, leftMs);
  }

  /** @param {string} room @param {Items} items */
  #nextKey(room, items) {
    const last = requests(items).at(-1)?.[0].slice(-ORDER_DIGITS) ?? "0";
    return `${this.#roomPrefix(room)}request/${String(Number(last) + 1).padStart(ORDER_DIGITS, "0")}`;
  }

  /** @param {string} room */
  #leaseKey(room) {
    return `${this.#roomPrefix(room)}lease`;
  }

  /** @param {string} room */
  #roomPrefix(room) {
    return `${this.#prefix}${encodeURIComponent(room)}/`;
  }
}

/** @param {Items} items @returns {[string, Request][]} */
function requests(items) {
  return [...items].filter(([key]) => !key.endsWith("/lease"));
}

/** A request as stored for another client: a sent one counts as unsent, because the same id deduplicates a retry. */
function stored(/** @type {Request} */ { id, roomId, type, fields, state, error }) {
  return { id, roomId, type, fields, state: state === "failed" ? state : "waiting", ...(error && { error }) };
}
