import { Backoff } from "./backoff.js";
import { ParlanceError } from "./errors.js";
import { newId } from "./ids.js";
import { Lane } from "./lane.js";
import { CLOSE_TOO_LARGE, HISTORY_CHANGED } from "./protocol.js";
import { RequestCopy } from "./request-copy.js";
import { StoredRequests } from "./stored-requests.js";

/**
 * @typedef {"waiting" | "sending" | "sent" | "failed" | "gone"} RequestState waiting: for the connection, behind
 *   another of its room, or for another client that sends it; sending: sent, without an answer yet; sent: the server
 *   has stored it, as the event `seq`, and it is never sent again, even if the database loses it later; failed:
 *   refused, with the `error`, and kept until it is retried or discarded, except after `history.changed`, when its
 *   target no longer exists; gone: another client has discarded it
 *
 * @typedef {object} Request a request that changes a room, with an id
 * @property {string} id the same for all retries, so that the server deduplicates them
 * @property {string} roomId
 * @property {string} type of the frame, such as `post`
 * @property {{text?: string, seq?: number, stamp?: string, replyTo?: number, alsoToRoom?: boolean, emoji?: string, removed?:
 *   boolean, options?: string[], multiple?: boolean, [more: string]: unknown}} fields of the frame, such as `text`
 * @property {RequestState} state
 * @property {number} [seq]
 * @property {string} [stamp] of that event
 * @property {{code: string, message: string}} [error]
 *
 * @typedef {object} OutboxPort dependencies of the outbox
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(room: string) => boolean} isJoined true when requests to a room can be sent now
 * @property {(request: Request) => void} changed
 * @property {(delayMs: number, action: () => void) => void} after
 * @property {() => number} random
 */

/**
 * Queue of the user's unacknowledged requests: sent in their order, one request of a room at a time, retried after each
 * temporary failure with the same ids, by this client or by another one.
 *
 * The requests belong to the user and the browser: they are in a store that all clients (tabs) of the user share, each
 * is stored before it is sent, and each client knows all of them. The client that holds a room's lease sends the room's
 * requests, whichever client wrote them; a client that writes one takes the lease unless another holds it. When the
 * holder loses its connection, it releases the lease and tells the others; when it crashes, the lease expires, and a
 * waiting client takes over.
 */
export class Outbox {
  #copy = new RequestCopy();
  /** @type {Map<string, Lane>} by room */
  #lanes = new Map();
  #isClosed = false;
  /** Changes that the other clients are told once they are stored. @type {Set<Promise<void>>} */
  #untold = new Set();
  #store;
  #stored;
  #userId;
  #port;
  #settings;
  #stopListening;

  /**
   * @param {import("./store.js").Store} store
   * @param {string} userId
   * @param {OutboxPort} port
   * @param {import("./settings.js").Settings} settings
   */
  constructor(store, userId, port, settings) {
    this.#store = store;
    this.#stored = new StoredRequests(store, userId, newId(), settings.leaseMs);
    this.#userId = userId;
    this.#port = port;
    this.#settings = settings;
    this.#stopListening = store.listen((message) => void this.#told(message));
  }

  /** Loads the requests that other or earlier clients have left. */
  async load() {
    await this.#copy.read(this.#stored.all(), (stored) => {
      for (const room of new Set(stored.map((request) => request.roomId))) {
        this.#copy.take(
          room,
          stored.filter((request) => request.roomId === room),
          (...change) => this.#tell(...change),
        );
        this.sendNext(room);
      }
    });
  }

  /** Unsent requests, of one room or of all. @param {string} [room] @returns {Request[]} */
  of(room) {
    return this.#copy.of(room);
  }

  /**
   * @param {string} room
   * @param {string} type
   * @param {Record<string, unknown>} fields
   * @returns {Request}
   * @throws {ParlanceError} `client.queue_full`
   */
  add(room, type, fields) {
    if (this.#copy.size >= this.#settings.maxQueued) {
      throw new ParlanceError("client.queue_full", "Too many requests wait to be sent", true);
    }
    /** @type {Request} */
    const request = { id: newId(), roomId: room, type, fields, state: "waiting" };
    this.#copy.put(request);
    this.#port.changed(request);
    void this.#keep(request, this.#stored.add(request));
    return request;
  }

  /** Retries a failed request, after the waiting ones. */
  retry(/** @type {string} */ id) {
    const request = this.#copy.get(id);
    if (request?.state === "failed") {
      this.#copy.put(request);
      delete request.error;
      this.#tell(request, "waiting");
      void this.#keep(request, this.#stored.retry(request));
    }
  }

  /** Discards a failed request. */
  discard(/** @type {string} */ id) {
    const request = this.#copy.get(id);
    if (request?.state === "failed") {
      this.#copy.forget(id);
      void this.#tellOnceStored(this.#stored.discard(request), request.roomId);
    }
  }

  /** Drops everything, in the store too, for all clients of the user. */
  clear() {
    const rooms = new Set(this.of().map((request) => request.roomId));
    this.#copy.clear();
    this.#lanes.clear();
    const clearing = this.#stored.clear();
    rooms.forEach((room) => this.#tellOnceStored(clearing, room));
    void this.close();
  }

  /** Leaves unsent requests to the other clients, and to the next start; resolves once the clients are told. */
  async close() {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#stopListening();
      this.#lanes.forEach((lane, room) => lane.isFree || this.#release(room));
    }
    await Promise.all(this.#untold);
  }

  /** Sends the next request of a room, unless one is pending. */
  sendNext(/** @type {string} */ room) {
    const lane = this.#lane(room);
    if (!this.#isClosed && lane.isFree && this.#copy.isWaiting(room) && this.#port.isJoined(room)) {
      void this.#claim(room, lane);
    }
  }

  /** Completes a request whose event has arrived, even if its acknowledgement has not. */
  seen(/** @type {string} */ id, /** @type {{seq: number, stamp: string}} */ event) {
    const request = this.#copy.get(id);
    if (request) {
      this.#done(request, event);
    }
  }

  /**
   * Handles a lost connection. A frame that is too large for the server would end every connection, so its request
   * fails.
   */
  lost(/** @type {number} */ closeCode) {
    /** @type {Request[]} */
    const tried = [];
    for (const lane of this.#lanes.values()) {
      if (lane.underWay) {
        tried.push(lane.underWay);
        lane.underWay = null;
      }
    }
    if (closeCode === CLOSE_TOO_LARGE && tried.length > 0) {
      const size = (/** @type {Request} */ request) => JSON.stringify(request.fields).length;
      const largest = tried.reduce((most, request) => (size(request) > size(most) ? request : most));
      this.#fail(largest, new ParlanceError("too_large", "The request is too large", false));
    }
    tried.forEach(({ roomId }) => this.#release(roomId));
  }

  /** Fails the requests of a room that the user has left. */
  refuse(/** @type {string} */ room, /** @type {ParlanceError} */ reason) {
    this.#lanes.delete(room);
    this.of(room).forEach((request) => this.#fail(request, reason));
  }

  /** Stores an added or retried request, and then sends it. */
  async #keep(/** @type {Request} */ request, /** @type {Promise<void>} */ storing) {
    await this.#tellOnceStored(this.#copy.storing(request.id, storing), request.roomId, () => ({
      isFree: !this.#port.isJoined(request.roomId),
    }));
    this.sendNext(request.roomId);
  }

  /**
   * Claims the next request from the store, which may be the only place that has it, and sends it; releases the lease
   * when there is none.
   */
  async #claim(/** @type {string} */ room, /** @type {Lane} */ lane) {
    lane.isClaiming = true;
    await this.#copy.read(this.#stored.claim(room), ({ next, heldForMs }) => {
      lane.isClaiming = false;
      if (this.#isClosed) {
        // close() releases the lease after this claim.
        return;
      }
      if (lane !== this.#lanes.get(room) || (next && !this.#port.isJoined(room))) {
        this.#release(room);
      } else if (next && this.#copy.hasEnded(next.id)) {
        this.sendNext(room);
      } else if (next) {
        this.#send(lane, this.#copy.get(next.id) ?? this.#adopt(next));
      } else if (heldForMs > 0) {
        this.#watch(room, heldForMs);
      } else if (this.#copy.isWaiting(room)) {
        // Another client has sent the last one.
        void this.#reload(room);
      }
    });
  }

  #send(/** @type {Lane} */ lane, /** @type {Request} */ request) {
    const { type, roomId, id, fields } = request;
    lane.underWay = request;
    this.#renewLater(lane, request);
    this.#tell(request, "sending");
    this.#port.ask({ type, roomId, id, ...fields }, (answer) => this.#answered(lane, request, answer));
  }

  #renewLater(/** @type {Lane} */ lane, /** @type {Request} */ request) {
    this.#port.after(this.#settings.leaseMs / 3, () => {
      if (lane.underWay === request) {
        void this.#stored.renew(request.roomId);
        this.#renewLater(lane, request);
      }
    });
  }

  /** Checks a room that another client sends to, once that client may have stopped. */
  #watch(/** @type {string} */ room, delayMs = this.#settings.leaseMs) {
    const lane = this.#lane(room);
    if (!lane.isWatching && this.#copy.isWaiting(room)) {
      lane.isWatching = true;
      this.#port.after(delayMs * (1 + this.#port.random() / 10), () => {
        lane.isWatching = false;
        this.sendNext(room);
      });
    }
  }

  /** @param {Lane} lane @param {Request} request @param {import("./connection.js").ServerFrame | ParlanceError} answer */
  #answered(lane, request, answer) {
    if (lane.underWay !== request) {
      return;
    }
    if (!(answer instanceof ParlanceError)) {
      this.#done(request, answer);
    } else if (answer.code === "network") {
      // The request stays pending until `lost` follows, which needs the pending ones.
      this.#tell(request, "waiting");
    } else if (answer.retryable || answer.code.startsWith("auth.")) {
      lane.underWay = null;
      lane.isPausing = true;
      this.#tell(request, "waiting");
      this.#port.after(lane.backoff.next(answer.retryAfterMs), () => {
        lane.isPausing = false;
        this.sendNext(request.roomId);
      });
    } else {
      lane.underWay = null;
      this.#fail(request, answer);
      void this.#claim(request.roomId, lane);
    }
  }

  #done(/** @type {Request} */ request, /** @type {{seq: number, stamp: string}} */ { seq, stamp }) {
    void this.#tellOnceStored(this.#stored.remove(request), request.roomId, () => ({ sent: { id: request.id, seq, stamp } }));
    this.#sent(request, { seq, stamp });
  }

  /** Completes a request that the server has, whichever client sent it. */
  #sent(/** @type {Request} */ request, /** @type {{seq: number, stamp: string}} */ { seq, stamp }) {
    const lane = this.#lane(request.roomId);
    lane.backoff.reset();
    this.#copy.forget(request.id);
    Object.assign(request, { seq, stamp });
    this.#tell(request, "sent");
    if (lane.underWay?.id === request.id) {
      lane.underWay = null;
      void this.#claim(request.roomId, lane);
    }
  }

  #fail(/** @type {Request} */ request, /** @type {ParlanceError} */ reason) {
    request.error = { code: reason.code, message: reason.message };
    if (reason.code === HISTORY_CHANGED) {
      this.#copy.forget(request.id);
      this.#tell(request, "failed");
      // After the application has stored the text of the request, if it wants to.
      void this.#tellOnceStored(this.#stored.remove(request), request.roomId);
    } else {
      // Before the application discards or retries the request.
      void this.#tellOnceStored(this.#copy.storing(request.id, this.#stored.fail(request)), request.roomId);
      this.#tell(request, "failed");
    }
  }

  #release(/** @type {string} */ room) {
    void this.#tellOnceStored(this.#stored.release(room), room, () => ({ isFree: true }));
  }

  /**
   * Tells the other clients of a change of a room's requests once it is stored; {@link close} waits for it.
   *
   * @param {Promise<unknown>} storing
   * @param {string} room
   * @param {() => {isFree?: boolean, sent?: {id: string, seq: number, stamp: string}}} [more]
   */
  #tellOnceStored(storing, room, more = () => ({})) {
    const telling = storing.then(() => {
      this.#store.tell({ type: "outbox", user: this.#userId, room, ...more() });
      this.#untold.delete(telling);
    });
    this.#untold.add(telling);
    return telling;
  }

  /** Handles a change of a room's requests by another client. @param {any} message */
  async #told({ type, user, room, sent, isFree }) {
    if (type !== "outbox" || user !== this.#userId) {
      return;
    }
    if (sent) {
      const request = this.#copy.get(sent.id);
      if (request) {
        this.#sent(request, sent);
      }
      // The store still has it when this client falls back to memory.
      await this.#stored.remove({ roomId: room, id: sent.id });
    } else {
      await this.#reload(room);
    }
    if (isFree) {
      this.sendNext(room);
    } else {
      this.#watch(room);
    }
  }

  #reload(/** @type {string} */ room) {
    return this.#copy.reload(room, this.#stored.of(room), (...change) => this.#tell(...change));
  }

  /** Adds a request of another client that is unknown here. */
  #adopt(/** @type {Request} */ request) {
    this.#copy.put(request);
    return request;
  }

  #tell(/** @type {Request} */ request, /** @type {RequestState} */ state) {
    request.state = state;
    if (!this.#isClosed) {
      this.#port.changed(request);
    }
  }

  #lane(/** @type {string} */ room) {
    const lane = this.#lanes.get(room) ?? new Lane(new Backoff(this.#port.random, this.#settings));
    this.#lanes.set(room, lane);
    return lane;
  }
}
