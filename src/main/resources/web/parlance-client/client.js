import { Api } from "./api.js";
import { Connection } from "./connection.js";
import { Emitter } from "./emitter.js";
import { ParlanceError, signedOutError } from "./errors.js";
import { Feeds } from "./feeds.js";
import { KeptStore, defaultStore } from "./kept-store.js";
import { Outbox } from "./outbox.js";
import { originOf, webSocketOf } from "./platform.js";
import { MAX_PAGE } from "./protocol.js";
import { Rest } from "./rest.js";
import { Session } from "./session.js";
import { DEFAULTS } from "./settings.js";
import { Signals } from "./signals.js";
import { FallbackStorage, memoryStorage } from "./storage.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./options.js").Options} Options
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./outbox.js").Request} Request
 */

/**
 * A client of Parlance that keeps the client's side of the delivery contract: it resumes where it was, hands out every
 * event once and in order, and sends again, with the same id, what was not acknowledged. What was not sent is sent by another
 * client of the user in the same browser, or by the next one. No dependencies; runs in browsers, and in Node 20 and later.
 *
 * A server whose database was restored from a backup may have another history than the one that was handed out. The library
 * proves with the stamp of each event that it has not, and else tells `reset` with `since` 0: the application drops its copy
 * of the room, and gets the room again. A message that was acknowledged and that the restored database lacks is gone; the
 * library does not send it again, for others may have acted on its loss.
 *
 * ```js
 * const client = new ParlanceClient({ origin: "https://chat.example.org" });
 * client.on("event", ({ roomId, event }) => console.log(roomId, event.seq, event.text));
 * await client.logIn("alice", password);
 * client.join("garden", { since: last.seq, stamp: last.stamp });
 * client.post("garden", "Is anybody here?");
 * ```
 */
export class ParlanceClient extends Emitter {
  #settings;
  #random;
  #rest;
  #api;
  #session;
  #connection;
  #store;
  #timers = new Timers();
  #feeds;
  #signals;
  /** @type {Outbox | null} outbox of the logged-in user */
  #outbox = null;
  /** @type {import("./protocol.js").TextLimits | null} */
  #limits = null;

  /** @param {Options} options @throws {ParlanceError} `client.no_websocket`, `client.bad_option` */
  constructor(options) {
    super();
    const origin = originOf(options.origin);
    const WebSocket = webSocketOf(options.WebSocket);
    const given = options.storage ?? memoryStorage();
    const storage = new FallbackStorage(() => given);
    this.#settings = { ...DEFAULTS, ...options.settings };
    this.#random = options.random ?? Math.random;
    this.#store = new KeptStore(options.store ?? defaultStore(origin, given), this.#settings.storageTimeoutMs, (reason) =>
      this.tell("unkept", { reason }),
    );
    this.#store.listen((message) => this.#told(message));
    const fetch =
      options.fetch ?? ((/** @type {Parameters<typeof globalThis.fetch>} */ ...request) => globalThis.fetch(...request));
    this.#rest = new Rest(origin, fetch, this.#settings.answerTimeoutMs);
    this.#api = new Api((method, path, body) => this.request(method, path, body));
    this.#session = new Session(
      this.#rest,
      storage,
      { inCookie: options.refreshCookie ?? false, random: this.#random, settings: this.#settings },
      {
        over: (...over) => this.#signedOut(...over),
        ended: (userId) => this.tell("sessionended", { userId }),
      },
    );
    this.#signals = new Signals(this.#signalsPort(), this.#settings);
    this.#feeds = new Feeds(this.#feedPort(), this.#settings);
    this.#connection = new Connection(
      origin,
      WebSocket,
      this.#session,
      this.#random,
      this.#settings,
      options.window ?? globalThis,
      {
        state: (state) => this.tell("state", { state }),
        online: () => {
          this.#feeds.online();
          this.#signals.online();
        },
        lost: (code) => this.#lost(code),
        received: (frame) => this.#received(frame),
      },
    );
  }

  /** Requests by REST. */
  get api() {
    return this.#api;
  }

  /** Id of the logged-in user. @returns {string | null} */
  get userId() {
    return this.#session.userId;
  }

  get state() {
    return this.#connection.state;
  }

  /** Limits of a message's text, as last sent by the server. @returns {import("./protocol.js").TextLimits | null} */
  get limits() {
    return this.#limits;
  }

  /**
   * Store for everything that outlives the client, in memory when nothing else works; for an application's drafts, too.
   */
  get store() {
    return this.#store;
  }

  /** Milliseconds until the next attempt to connect; null when none is scheduled. @returns {number | null} */
  get nextTryInMs() {
    return this.#connection.nextTryInMs;
  }

  // Accounts

  /**
   * Makes an account, and logs in.
   *
   * @param {string} userId
   * @param {string} password
   * @param {string} name as others see it
   * @param {string} [linkCode] of an invite, which a server may ask for
   */
  async register(userId, password, name, linkCode) {
    await this.requestOpenly("POST", "/users", { userId, password, name, linkCode });
    await this.logIn(userId, password);
  }

  /** @param {string} userId @param {string} password */
  async logIn(userId, password) {
    await this.#session.logIn(userId, password);
    this.#enter();
  }

  /** Resumes the stored session. @returns {boolean} true when there is one */
  restore() {
    const found = this.#session.restore();
    if (found) {
      this.#enter();
    }
    this.#session.endPending();
    return found;
  }

  /**
   * Ends the session, and drops unsent requests. Without a connection the session ends here at once, and on the server
   * as soon as that can be reached, which `sessionended` reports.
   *
   * @returns {Promise<boolean>} false when the server could not be reached yet
   */
  async logOut() {
    this.#outbox?.clear();
    return this.#session.logOut();
  }

  /** Ends all sessions of the user, on every device, and drops unsent requests. */
  async logOutEverywhere() {
    const outbox = this.#outbox;
    await this.#session.logOutEverywhere();
    outbox?.clear();
  }

  /**
   * Connects at once, at a user's request. On signs of the network, and of a machine that wakes up, the library does so
   * itself.
   */
  connect() {
    if (this.userId) {
      this.#connection.start();
    }
    this.#session.endPending();
  }

  /**
   * Disconnects, without ending the session or dropping unsent requests. The client cannot be used again.
   *
   * @returns {Promise<void>} resolves once everything is stored, so that requests of a next client come after those of
   *   this one
   */
  async close() {
    const told = this.#stop();
    this.#session.close();
    await told;
    await this.#store.close();
  }

  // Rooms

  /**
   * Follows a room; the user becomes a member of a public one.
   *
   * @param {string} room
   * @param {object} [options]
   * @param {number} [options.since] the seq of the last event the application has, 0 for all; without it the newest few
   *   are sent first
   * @param {string} [options.stamp] the stamp of that event; without it a `reset` is emitted first, because the seq may
   *   belong to another event by now
   * @param {number} [options.first] the seq of the first event the application has, from which it receives the room
   *   again when the history has changed; without it from the event after `since` on
   * @param {number} [options.pageAtMost] see {@link Settings}; 0 leaves every `reset` to the application
   */
  join(room, { since, stamp, first, pageAtMost = this.#settings.pageAtMost } = {}) {
    const cursor = since === undefined ? null : { seq: since, stamp: stamp ?? null, first: first ?? since + 1 };
    this.#feeds.add(room, cursor, pageAtMost, this.state === "online");
  }

  /** Ends the membership; needs a connection. @param {string} room @returns {Promise<void>} */
  leave(room) {
    return new Promise((done, failed) => {
      this.#connection.ask({ type: "leave", roomId: room }, (answer) => {
        if (answer instanceof ParlanceError) {
          failed(answer);
        } else {
          this.#left(room, null);
          done();
        }
      });
    });
  }

  // Requests that change a room

  /**
   * Sends a message as soon as possible, however long that takes; `request` events report its state.
   *
   * @param {string} room
   * @param {string} text
   * @returns {Request}
   */
  post(room, text) {
    return this.send(room, "post", { text });
  }

  /**
   * Sends any frame that changes a room and is acknowledged. The library generates its id. A frame that names an event,
   * by `seq` or `replyTo`, names its `stamp` too: it may wait for long, and is refused when another event has that seq
   * by then.
   *
   * @param {string} room
   * @param {string} type
   * @param {Record<string, unknown>} fields
   * @returns {Request}
   * @throws {ParlanceError} `client.queue_full`, `client.signed_out`
   */
  send(room, type, fields) {
    if (!this.#outbox) {
      throw signedOutError();
    }
    return this.#outbox.add(room, type, fields);
  }

  /**
   * Users present in a room, as of the last `presence`. @param {string} room @returns {string[] | null} null when
   * unknown
   */
  present(room) {
    return this.#signals.present(room);
  }

  /** Unsent requests of one room, in order, or of all. @param {string} [room] @returns {Request[]} */
  unsent(room) {
    return this.#outbox?.of(room) ?? [];
  }

  /** Sends a failed request again, under the same id. @param {string} id */
  retry(id) {
    this.#outbox?.retry(id);
  }

  /** Discards a failed request. @param {string} id */
  discard(id) {
    this.#outbox?.discard(id);
  }

  // Signals, which are not stored

  /**
   * Moves the user's read marker. May be called for every visible message, and without a connection.
   *
   * @param {string} room
   * @param {number} seq
   * @param {string} [stamp] of that event
   */
  markRead(room, seq, stamp) {
    this.#signals.read(room, seq, stamp);
  }

  /**
   * Marks a message and all after it as unread; needs a connection.
   *
   * @param {string} room
   * @param {number} seq
   * @param {string} [stamp] of that event
   * @returns {Promise<void>}
   */
  markUnread(room, seq, stamp) {
    return this.#signals.unread(room, seq, stamp);
  }

  /** Sends a typing notice. May be called at every key; lost without a connection. */
  typing(/** @type {string} */ room) {
    this.#signals.typing(room);
  }

  // The parts

  #enter() {
    this.#outbox = new Outbox(this.#store, String(this.userId), this.#outboxPort(), this.#settings);
    void this.#outbox.load();
    this.#connection.start();
  }

  /** @returns {import("./room-feed.js").FeedPort} */
  #feedPort() {
    return {
      ask: (frame, answered) => this.#connection.ask(frame, answered),
      page: (room, after) => this.#api.events(room, after ? this.#after(after) : { limit: 1 }),
      event: (room, event) => this.#event(room, event),
      joined: (room, head) => {
        this.tell("joined", { roomId: room, head });
        this.#outbox?.sendNext(room);
      },
      reset: (room, since, head, next) => {
        if (since === 0) {
          this.#signals.reset(room);
        }
        this.tell("reset", { roomId: room, since, head, next });
      },
      left: (room, reason) => this.#left(room, reason),
      after: (delayMs, action) => void this.#timers.after(delayMs, action),
      random: this.#random,
    };
  }

  /** The page after a cursor. @param {import("./protocol.js").Cursor} cursor */
  #after({ seq, stamp }) {
    return { after: seq, limit: Math.min(this.#settings.pageSize, MAX_PAGE), ...(stamp !== null && { stamp }) };
  }

  /** @returns {import("./outbox.js").OutboxPort} */
  #outboxPort() {
    return {
      ask: (frame, answered) => this.#connection.ask(frame, answered),
      isJoined: (room) => this.#feeds.isJoined(room),
      changed: (request) => this.tell("request", { roomId: request.roomId, request }),
      after: (delayMs, action) => void this.#timers.after(delayMs, action),
      random: this.#random,
    };
  }

  /** @returns {import("./signals.js").SignalsPort} */
  #signalsPort() {
    return {
      ask: (frame, answered) => this.#connection.ask(frame, answered),
      after: (delayMs, action) => void this.#timers.after(delayMs, action),
      read: (marker) => this.tell("readMarker", marker),
      preferences: (preferences) => this.tell("preferences", preferences),
      thread: (thread) => this.tell("thread", thread),
      saved: (saved) => this.tell("saved", saved),
      typing: (typing) => this.tell("userTyping", typing),
      presence: (presence) => this.tell("presence", presence),
    };
  }

  /** @param {string} room @param {RoomEvent} event */
  #event(room, event) {
    if (event.id !== undefined && event.sender === this.userId) {
      this.#outbox?.seen(event.id, event);
    }
    this.tell("event", { roomId: room, event });
  }

  /** @param {ServerFrame} frame */
  #received(frame) {
    if (this.#feeds.take(frame) || this.#signals.take(frame)) {
      return;
    }
    if (frame.type === "welcome") {
      this.#limits = frame.limits ?? null;
    }
    if (frame.type === "room") {
      const { type: _, ...room } = frame;
      this.tell("room", { room });
    } else if (frame.type !== "left") {
      this.tell("frame", { frame });
    } else if (frame.ref === undefined) {
      this.#left(frame.roomId, null);
    }
  }

  /** @param {number} closeCode */
  #lost(closeCode) {
    this.#feeds.lost();
    this.#signals.lost();
    this.#outbox?.lost(closeCode);
  }

  /** @param {string} room @param {ParlanceError | null} reason */
  #left(room, reason) {
    if (this.#feeds.remove(room)) {
      this.#signals.left(room);
      this.#outbox?.refuse(room, reason ?? new ParlanceError("room.not_found", "You are not in the room", false));
    }
    this.tell("left", { roomId: room, reason });
  }

  #stop() {
    this.#connection.stop();
    this.#timers.clear();
    this.#feeds.clear();
    return this.#outbox?.close();
  }

  /** @param {import("./session.js").SignedOutReason} reason @param {string | undefined} clientId */
  #signedOut(reason, clientId) {
    const unsent = this.unsent().length;
    void this.#stop();
    this.#outbox = null;
    this.#store.tell({ type: "signedout", reason, clientId });
    this.tell("signedout", { reason, unsent });
  }

  /** Handles a message from another client of the same store. @param {any} message */
  #told({ type, reason, clientId }) {
    if (type === "signedout") {
      this.#session.leave(reason, clientId);
    }
  }

  /**
   * Request by REST of the logged-in user, for operations that {@link api} does not have. Fails with a `ParlanceError`.
   *
   * @param {string} method
   * @param {string} path such as /admin/users
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async request(method, path, body) {
    return this.#rest.request(method, path, { body, token: await this.#session.token() });
  }

  /** The same without the session, for operations of people who are not logged in. @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  requestOpenly(method, path, body) {
    return this.#rest.request(method, path, { body });
  }
}
