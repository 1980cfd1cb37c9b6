import { Backoff } from "./backoff.js";
import { ParlanceError, networkError } from "./errors.js";
import { CLOSE_GIVEN_UP, CLOSE_UNAUTHENTICATED, SUBPROTOCOL } from "./protocol.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./protocol.js").ClientFrame} ClientFrame
 *
 * @typedef {"offline" | "connecting" | "online"} ConnectionState offline: waits before the next try, or does not try
 *
 * @typedef {object} ConnectionListener
 * @property {(state: ConnectionState) => void} state
 * @property {() => void} online authenticated; nothing of an earlier connection is known to the server
 * @property {(closeCode: number) => void} lost everything that was asked has failed before this is called
 * @property {(frame: ServerFrame) => void} received a frame, after whoever asked for it was answered
 *
 * @typedef {(answer: ServerFrame | ParlanceError) => void} Answered called once, in the order of the frames
 */

const OPEN = 1;

/**
 * The one WebSocket to the server: connects, authenticates, renews the proof, asks whether the server is still there when
 * it is silent, and comes back with full jitter, or within the hint of a `bye`, for as long as it is wanted.
 *
 * Answers are called back rather than promised: a promise would let the next frame overtake its answer.
 */
export class Connection {
  #url;
  #WebSocket;
  #session;
  #random;
  #settings;
  #listener;
  #backoff;
  #timers = new Timers();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ConnectionState} */
  #state = "offline";
  #wanted = false;
  /** Changes with each try to connect, so that one that was given up opens nothing. */
  #attempt = 0;
  /** @type {Map<string, {answered: Answered, stop: () => void}>} */
  #asked = new Map();
  #nextRef = 1;
  #heardAt = 0;
  #onlineSince = 0;
  /** @type {number | null} */
  #reconnectWithinMs = null;

  /**
   * @param {string} origin
   * @param {typeof globalThis.WebSocket} WebSocket
   * @param {import("./session.js").Session} session
   * @param {() => number} random
   * @param {import("./settings.js").Settings} settings
   * @param {ConnectionListener} listener
   */
  constructor(origin, WebSocket, session, random, settings, listener) {
    this.#url = `${origin.replace(/^http/, "ws")}/ws`;
    this.#WebSocket = WebSocket;
    this.#session = session;
    this.#random = random;
    this.#settings = settings;
    this.#listener = listener;
    this.#backoff = new Backoff(random, settings);
  }

  get state() {
    return this.#state;
  }

  /** Connects, at once when it was waiting, soon again when a try under way fails, and stays connected until {@link stop}. */
  start() {
    this.#wanted = true;
    this.#backoff.reset();
    if (this.#state === "offline") {
      this.#open();
    }
  }

  stop() {
    this.#wanted = false;
    this.#attempt++;
    if (this.#socket) {
      this.#leave(this.#socket, CLOSE_GIVEN_UP);
    }
    this.#timers.clear();
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
    this.#send(frame, answered);
  }

  async #open() {
    this.#timers.clear();
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
        this.#comeBack(false);
      }
      if (!(failure instanceof ParlanceError)) {
        // Not of the network: a WebSocket that cannot be made, which the application has to hear of.
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
    // A browser says nothing of why, and close follows.
    socket.addEventListener("error", () => {});
  }

  #authenticate(/** @type {WebSocket} */ socket, /** @type {string} */ token) {
    if (socket !== this.#socket) {
      return;
    }
    this.#send({ type: "auth", token }, (answer) => {
      if (socket !== this.#socket) {
        return;
      }
      if (!(answer instanceof ParlanceError)) {
        this.#welcomed();
      } else if (answer.code.startsWith("auth.")) {
        this.#session.refuse();
      }
    });
  }

  #welcomed() {
    this.#onlineSince = performance.now();
    this.#renewLater();
    this.#listen();
    this.#setState("online");
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
      // The server closes the connection when the proof ends, and the next one begins with a new token.
      if (socket && socket === this.#socket) {
        this.#timers.after(this.#backoff.next(), () => this.#renew());
      }
    }
  }

  /** TCP does not tell of a peer that is gone; whoever only listens would never know. */
  #listen() {
    const quietMs = performance.now() - this.#heardAt;
    if (quietMs >= this.#settings.silenceMs) {
      this.ask({ type: "ping" }, () => {});
    }
    this.#timers.after(Math.max(this.#settings.silenceMs - quietMs, this.#settings.silenceMs / 4), () =>
      this.#listen(),
    );
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
    this.#heardAt = performance.now();
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
        frame.type === "error" ? new ParlanceError(frame.code, frame.message, frame.retryable, frame.retryAfterMs) : frame,
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
    this.#comeBack(wasOnline);
  }

  #comeBack(/** @type {boolean} */ wasOnline) {
    if (!this.#wanted) {
      return;
    }
    // A server that takes everybody in and drops them soon must not be stormed.
    if (wasOnline && performance.now() - this.#onlineSince > this.#settings.retryCapMs) {
      this.#backoff.reset();
    }
    const hintMs = this.#reconnectWithinMs;
    this.#reconnectWithinMs = null;
    const waitMs = hintMs === null ? this.#backoff.next() : this.#random() * hintMs;
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
