import { Backoff } from "./backoff.js";
import { ParlanceError, networkError } from "./errors.js";
import { NetworkHints } from "./network-hints.js";
import { CLOSE_GIVEN_UP, CLOSE_LOST, CLOSE_UNAUTHENTICATED, SUBPROTOCOL } from "./protocol.js";
import { Pulse } from "./pulse.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./protocol.js").ClientFrame} ClientFrame
 *
 * @typedef {"offline" | "connecting" | "online"} ConnectionState offline: waits before the next attempt, or is stopped
 *
 * @typedef {object} ConnectionListener
 * @property {(state: ConnectionState) => void} state
 * @property {() => void} online authenticated; the server knows nothing of an earlier connection
 * @property {(closeCode: number) => void} lost all pending requests have failed before this call
 * @property {(frame: ServerFrame) => void} received a frame, after the callback of its request
 *
 * @typedef {(answer: ServerFrame | ParlanceError) => void} Answered called once, in the order of the frames
 */

const OPEN = 1;

/**
 * The one WebSocket to the server: connects, authenticates, renews the token, and reconnects with full jitter, or
 * within the hint of a `bye`, until it is stopped. {@link Pulse} and {@link NetworkHints} tell it when to check the
 * connection.
 *
 * Answers use callbacks rather than promises: a promise would let the next frame overtake its answer.
 */
export class Connection {
  #url;
  #WebSocket;
  #session;
  #random;
  #settings;
  #listener;
  #backoff;
  #hints;
  #pulse;
  #timers = new Timers();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ConnectionState} */
  #state = "offline";
  #wanted = false;
  /** Changes with each attempt to connect, so that one that was given up opens nothing. */
  #attempt = 0;
  /** @type {Map<string, {answered: Answered, stop: () => void}>} */
  #asked = new Map();
  #nextRef = 1;
  #onlineSince = 0;
  #triedAt = 0;
  /** Time of the next attempt; null during a connection or an attempt. @type {number | null} */
  #retryAt = null;
  /** @type {number | null} */
  #reconnectWithinMs = null;

  /**
   * @param {string} origin
   * @param {typeof globalThis.WebSocket} WebSocket
   * @param {import("./session.js").Session} session
   * @param {() => number} random
   * @param {import("./settings.js").Settings} settings
   * @param {import("./network-hints.js").Surroundings} window
   * @param {ConnectionListener} listener
   */
  constructor(origin, WebSocket, session, random, settings, window, listener) {
    this.#url = `${origin.replace(/^http/, "ws")}/ws`;
    this.#WebSocket = WebSocket;
    this.#session = session;
    this.#random = random;
    this.#settings = settings;
    this.#listener = listener;
    this.#backoff = new Backoff(random, settings);
    this.#hints = new NetworkHints(window, (mayReach) => this.#hinted(mayReach));
    this.#pulse = new Pulse(this.#pulsePort(), settings);
  }

  get state() {
    return this.#state;
  }

  /** Milliseconds until the next attempt to connect; null when none is scheduled. @returns {number | null} */
  get nextTryInMs() {
    return this.#retryAt === null ? null : Math.max(0, this.#retryAt - performance.now());
  }

  /**
   * Connects: at once during a pause, anew when an attempt has taken long, soon after a younger one fails; and stays
   * connected until {@link stop}. Checks an existing connection.
   */
  start() {
    this.#wanted = true;
    this.#backoff.reset();
    this.#hints.start();
    if (this.#state === "online") {
      this.#pulse.check();
    } else if (this.#state === "offline") {
      void this.#open();
    } else if (performance.now() - this.#triedAt >= this.#settings.pingTimeoutMs) {
      if (this.#socket) {
        this.#leave(this.#socket, CLOSE_GIVEN_UP);
      }
      void this.#open();
    }
  }

  stop() {
    this.#wanted = false;
    this.#attempt++;
    this.#hints.stop();
    if (this.#socket) {
      this.#leave(this.#socket, CLOSE_GIVEN_UP);
    }
    this.#timers.clear();
    this.#retryAt = null;
    this.#setState("offline");
  }

  /**
   * Sends a request. Its answer is the server's frame, or an error: the server's own, or `network` when the connection is
   * lost before the answer, or there is none.
   *
   * @param {ClientFrame} frame
   * @param {Answered} answered
   */
  ask(frame, answered) {
    if (this.#state !== "online") {
      answered(networkError());
      return;
    }
    const stopDoubt = this.#pulse.sent();
    this.#send(frame, (answer) => {
      stopDoubt();
      answered(answer);
    });
  }

  /** @returns {import("./pulse.js").PulsePort} */
  #pulsePort() {
    return {
      ping: (answered) => this.ask({ type: "ping" }, answered),
      after: (delayMs, action) => this.#timers.after(delayMs, action),
      hidden: () => this.#hints.hidden,
      lost: () => this.#socket && this.#leave(this.#socket, CLOSE_GIVEN_UP),
    };
  }

  #hinted(/** @type {boolean} */ mayReach) {
    if (this.#state === "online") {
      this.#pulse.check();
    } else if (mayReach && this.#wanted) {
      this.start();
    }
  }

  async #open() {
    this.#timers.clear();
    this.#retryAt = null;
    this.#triedAt = performance.now();
    this.#setState("connecting");
    const attempt = ++this.#attempt;
    try {
      const token = await this.#session.token();
      if (attempt === this.#attempt) {
        this.#connect(token);
      }
    } catch (failure) {
      if (attempt === this.#attempt) {
        this.#setState("offline");
        this.#comeBack(false, failure instanceof ParlanceError && failure.code === "network");
      }
      if (!(failure instanceof ParlanceError)) {
        // No failure of the network: a WebSocket that cannot be created, which the application must be told.
        throw failure;
      }
    }
  }

  #connect(/** @type {string} */ token) {
    const socket = new this.#WebSocket(this.#url, SUBPROTOCOL);
    this.#socket = socket;
    this.#timers.after(this.#settings.answerTimeoutMs, () => {
      if (socket === this.#socket && this.#state === "connecting") {
        this.#leave(socket, CLOSE_GIVEN_UP);
      }
    });
    socket.addEventListener("open", () => this.#authenticate(socket, token));
    socket.addEventListener("message", (message) => this.#receive(socket, message.data));
    socket.addEventListener("close", (close) => this.#closed(socket, close.code));
    // A browser gives no reason, and close follows.
    socket.addEventListener("error", () => {});
  }

  #authenticate(/** @type {WebSocket} */ socket, /** @type {string} */ token) {
    if (socket !== this.#socket) {
      return;
    }
    const askedAt = performance.now();
    this.#send({ type: "auth", token }, (answer) => {
      if (socket !== this.#socket) {
        return;
      }
      if (!(answer instanceof ParlanceError)) {
        this.#welcomed(performance.now() - askedAt);
      } else if (answer.code.startsWith("auth.")) {
        this.#session.refuse();
      }
    });
  }

  #welcomed(/** @type {number} */ roundTripMs) {
    this.#onlineSince = performance.now();
    this.#renewLater();
    this.#setState("online");
    this.#pulse.begin(roundTripMs);
    this.#listener.online();
  }

  #renewLater() {
    this.#timers.after(this.#session.renewInMs(), () => this.#renew());
  }

  async #renew() {
    const socket = this.#socket;
    try {
      await this.#session.renew();
      const token = await this.#session.token();
      if (socket && socket === this.#socket) {
        this.ask({ type: "auth", token }, () => {});
        this.#renewLater();
      }
    } catch {
      // The server closes the connection when the token expires, and the next one starts with a new token.
      if (socket && socket === this.#socket) {
        this.#timers.after(this.#backoff.next(), () => this.#renew());
      }
    }
  }

  /** @param {ClientFrame} frame @param {Answered} answered */
  #send(frame, answered) {
    const socket = this.#socket;
    if (socket?.readyState !== OPEN) {
      answered(networkError());
      return;
    }
    const ref = String(this.#nextRef++);
    const stop = this.#timers.after(this.#settings.answerTimeoutMs, () => this.#leave(socket, CLOSE_GIVEN_UP));
    this.#asked.set(ref, { answered, stop });
    socket.send(JSON.stringify({ ...frame, ref }));
  }

  /** @param {WebSocket} socket @param {unknown} data */
  #receive(socket, data) {
    if (socket !== this.#socket) {
      return;
    }
    this.#pulse.heard();
    /** @type {ServerFrame} */
    let frame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      this.#leave(socket, CLOSE_GIVEN_UP);
      return;
    }
    const asked = frame.ref === undefined ? undefined : this.#asked.get(frame.ref);
    if (asked && frame.ref !== undefined) {
      this.#asked.delete(frame.ref);
      asked.stop();
      asked.answered(
        frame.type === "error" ? new ParlanceError(frame.code, frame.detail, frame.retryable, frame.retryAfterMs) : frame,
      );
    }
    if (frame.type === "bye") {
      this.#reconnectWithinMs = frame.reconnectWithinMs;
    }
    this.#listener.received(frame);
  }

  /** Gives a connection up without waiting for the close, which can take minutes when the peer is gone. */
  #leave(/** @type {WebSocket} */ socket, /** @type {number} */ code) {
    socket.close();
    this.#closed(socket, code);
  }

  #closed(/** @type {WebSocket} */ socket, /** @type {number} */ code) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    this.#timers.clear();
    if (code === CLOSE_UNAUTHENTICATED) {
      this.#session.refuse();
    }
    const wasOnline = this.#state === "online";
    this.#setState("offline");
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    asked.forEach(({ answered }) => answered(networkError()));
    if (wasOnline) {
      this.#listener.lost(code);
    }
    this.#comeBack(wasOnline, code === CLOSE_GIVEN_UP || code === CLOSE_LOST);
  }

  /**
   * Waits for the next attempt. The waits stay short while the page is visible and no server has refused: an attempt
   * that reaches no server costs nothing.
   *
   * @param {boolean} wasOnline
   * @param {boolean} isSilent true when no server has answered anything
   */
  #comeBack(wasOnline, isSilent) {
    if (!this.#wanted) {
      return;
    }
    const { retryCapMs, reconnectCapMs } = this.#settings;
    // A server that accepts connections and drops them soon must not be overloaded.
    if (wasOnline && performance.now() - this.#onlineSince > retryCapMs) {
      this.#backoff.reset();
    }
    const capMs = isSilent && !this.#hints.hidden ? Math.min(reconnectCapMs, retryCapMs) : retryCapMs;
    const hintMs = this.#reconnectWithinMs;
    this.#reconnectWithinMs = null;
    const waitMs = hintMs === null ? this.#backoff.next(0, capMs) : this.#random() * hintMs;
    this.#retryAt = performance.now() + waitMs;
    this.#timers.after(waitMs, () => this.#open());
  }

  /** @param {ConnectionState} state */
  #setState(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#listener.state(state);
    }
  }
}
