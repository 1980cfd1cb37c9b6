import { Backoff } from "./backoff.js";
import { ParlanceError } from "./errors.js";
import { CLOSE_TOO_LARGE, HISTORY_CHANGED } from "./protocol.js";
import { StoredValue } from "./storage.js";

/**
 * @typedef {"waiting" | "sending" | "sent" | "failed"} RequestState waiting: for the connection, or behind another of its
 *   room; sending: on its way, without an answer yet; sent: the server has stored it, as the event `seq`, and it is never sent
 *   again, also when the database loses it later; failed: refused, with the `error`, and kept until it is sent again or
 *   discarded, but for `history.changed`, after which it has nothing to be about
 *
 * @typedef {object} Request something that changes a room, under an id of its own
 * @property {string} id the same however often it is sent, so that the server does it once
 * @property {string} room
 * @property {string} type of the frame, such as `post`
 * @property {Record<string, unknown>} fields of the frame, such as `text`
 * @property {RequestState} state
 * @property {number} [seq]
 * @property {string} [stamp] of that event
 * @property {{code: string, message: string}} [error]
 *
 * @typedef {object} OutboxPort what the outbox needs of the client around it
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(room: string) => boolean} isJoined whether requests to a room can be sent now
 * @property {(request: Request) => void} changed
 * @property {(delayMs: number, action: () => void) => void} after
 * @property {() => number} random
 */

/**
 * Everything that this client wants done and that is not known to be: sent in the order it was asked for, one request of
 * a room at a time, again after each failure that may pass, and under the same ids after a reload.
 */
export class Outbox {
  /** @type {Map<string, Request>} in the order of sending, failed ones too */
  #requests = new Map();
  /** @type {Map<string, Lane>} by room */
  #lanes = new Map();
  #port;
  /** @type {StoredValue<Request[]>} */
  #stored;
  #settings;

  /**
   * @param {import("./storage.js").TextStorage} storage used by one client at a time
   * @param {string} userId whose requests these are
   * @param {OutboxPort} port
   * @param {import("./settings.js").Settings} settings
   */
  constructor(storage, userId, port, settings) {
    this.#stored = new StoredValue(storage, `parlance.outbox.${userId}`);
    this.#port = port;
    this.#settings = settings;
    for (const request of this.#stored.read() ?? []) {
      this.#requests.set(request.id, request);
    }
  }

  /** What is not sent yet, of one room. @returns {Request[]} */
  of(/** @type {string} */ room) {
    return [...this.#requests.values()].filter((request) => request.room === room);
  }

  /**
   * @param {string} room
   * @param {string} type
   * @param {Record<string, unknown>} fields
   * @returns {Request}
   * @throws {ParlanceError} `client.queue_full`
   */
  add(room, type, fields) {
    /** @type {Request} */
    const request = { id: newId(), room, type, fields, state: "waiting" };
    if (this.#requests.size >= this.#settings.maxQueued) {
      throw queueFull();
    }
    this.#requests.set(request.id, request);
    try {
      this.#save();
    } catch {
      this.#requests.delete(request.id);
      throw queueFull();
    }
    this.#port.changed(request);
    this.sendNext(room);
    return request;
  }

  /** Sends a failed request again, after those that wait. */
  retry(/** @type {string} */ id) {
    const request = this.#requests.get(id);
    if (request?.state === "failed") {
      this.#requests.delete(id);
      this.#requests.set(id, request);
      delete request.error;
      this.#tell(request, "waiting");
      this.#saveIfPossible();
      this.sendNext(request.room);
    }
  }

  /** Gives a failed request up. */
  discard(/** @type {string} */ id) {
    if (this.#requests.get(id)?.state === "failed") {
      this.#requests.delete(id);
      this.#saveIfPossible();
    }
  }

  /** Forgets everything, in the storage too. */
  clear() {
    this.#requests.clear();
    this.#lanes.clear();
    this.#saveIfPossible();
  }

  /** One request of a room is under way at a time, so that they keep their order whatever happens. */
  sendNext(/** @type {string} */ room) {
    const lane = this.#lane(room);
    const next = this.of(room).find((request) => request.state === "waiting");
    if (!next || lane.underWay || lane.pausing || !this.#port.isJoined(room)) {
      return;
    }
    lane.underWay = next;
    this.#tell(next, "sending");
    this.#port.ask({ type: next.type, room, id: next.id, ...next.fields }, (answer) => this.#answered(next, answer));
  }

  /** An own event that comes by is done, whether its acknowledgement comes or not. */
  seen(/** @type {string} */ id, /** @type {{seq: number, stamp: string}} */ event) {
    const request = this.#requests.get(id);
    if (request) {
      this.#done(request, event);
    }
  }

  /** A frame that is too large for the server would end every connection. */
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
  }

  /** The user is no longer in the room. */
  refuse(/** @type {string} */ room, /** @type {ParlanceError} */ reason) {
    this.#lanes.delete(room);
    this.of(room).forEach((request) => this.#fail(request, reason));
  }

  #answered(/** @type {Request} */ request, /** @type {import("./connection.js").ServerFrame | ParlanceError} */ answer) {
    const lane = this.#lane(request.room);
    if (lane.underWay !== request) {
      return;
    }
    if (!(answer instanceof ParlanceError)) {
      this.#done(request, answer);
    } else if (answer.code === "network") {
      // It stays under way until `lost` follows, which has to know what was.
      this.#tell(request, "waiting");
    } else if (answer.retryable || answer.code.startsWith("auth.")) {
      lane.underWay = null;
      lane.pausing = true;
      this.#tell(request, "waiting");
      this.#port.after(lane.backoff.next(answer.retryAfterMs), () => {
        lane.pausing = false;
        this.sendNext(request.room);
      });
    } else {
      lane.underWay = null;
      this.#fail(request, answer);
      this.sendNext(request.room);
    }
  }

  #done(/** @type {Request} */ request, /** @type {{seq: number, stamp: string}} */ { seq, stamp }) {
    const lane = this.#lane(request.room);
    if (lane.underWay === request) {
      lane.underWay = null;
    }
    lane.backoff.reset();
    this.#requests.delete(request.id);
    this.#saveIfPossible();
    Object.assign(request, { seq, stamp });
    this.#tell(request, "sent");
    this.sendNext(request.room);
  }

  #fail(/** @type {Request} */ request, /** @type {ParlanceError} */ reason) {
    request.error = { code: reason.code, message: reason.message };
    if (reason.code === HISTORY_CHANGED) {
      this.#requests.delete(request.id);
    }
    this.#tell(request, "failed");
    this.#saveIfPossible();
  }

  #tell(/** @type {Request} */ request, /** @type {RequestState} */ state) {
    request.state = state;
    this.#port.changed(request);
  }

  #lane(/** @type {string} */ room) {
    const lane = this.#lanes.get(room) ?? new Lane(new Backoff(this.#port.random, this.#settings));
    this.#lanes.set(room, lane);
    return lane;
  }

  /** A storage that has become full has an older state, and sends more than it has to: the server does it once. */
  #saveIfPossible() {
    try {
      this.#save();
    } catch {
      // The next change tries again.
    }
  }

  #save() {
    // What was under way is, after a reload, as good as never sent: the same id finds out.
    const kept = [...this.#requests.values()].map((request) =>
      request.state === "sending" ? { ...request, state: "waiting" } : request,
    );
    this.#stored.write(/** @type {Request[]} */ (kept));
  }
}

/** What is under way to one room, and whether it waits before the next try. */
class Lane {
  /** @type {Request | null} */
  underWay = null;
  pausing = false;

  /** @param {Backoff} backoff */
  constructor(backoff) {
    this.backoff = backoff;
  }
}

/** @returns {string} 128 random bits in hex */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function queueFull() {
  return new ParlanceError("client.queue_full", "Too much waits to be sent", true);
}
