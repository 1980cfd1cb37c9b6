import { Presence } from "./presence.js";
import { ReadMarks } from "./read-marks.js";

/**
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 *
 * @typedef {object} SignalsPort dependencies of the signals
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(delayMs: number, action: () => void) => void} after
 * @property {(read: ServerFrame) => void} read
 * @property {(preferences: any) => void} preferences
 * @property {(thread: ServerFrame) => void} thread
 * @property {(saved: ServerFrame) => void} saved
 * @property {(typing: ServerFrame) => void} typing
 * @property {(presence: {roomId: string, count: number, userIds: string[] | null}) => void} presence
 */

/** Signals, which are not stored: read markers, typing notices and presence. */
export class Signals {
  #port;
  #typingIntervalMs;
  #readMarks;
  #presence = new Presence();
  /** @type {Map<string, number>} time of the last typing notice */
  #typedAt = new Map();

  /** @param {SignalsPort} port @param {import("./settings.js").Settings} settings */
  constructor(port, { readIntervalMs, typingIntervalMs }) {
    this.#port = port;
    this.#typingIntervalMs = typingIntervalMs;
    this.#readMarks = new ReadMarks(port, readIntervalMs);
  }

  /** @param {string} room @param {number} seq @param {string} [stamp] */
  read(room, seq, stamp) {
    this.#readMarks.move(room, seq, stamp);
  }

  /** @param {string} room @param {number} seq @param {string} [stamp] @returns {Promise<void>} */
  unread(room, seq, stamp) {
    return this.#readMarks.moveBack(room, seq, stamp);
  }

  /** Called when the history of a room has changed. @param {string} room */
  reset(room) {
    this.#readMarks.forget(room);
  }

  /** @param {string} room */
  typing(room) {
    const now = performance.now();
    if (now - (this.#typedAt.get(room) ?? -Infinity) >= this.#typingIntervalMs) {
      this.#typedAt.set(room, now);
      this.#port.ask({ type: "typing", roomId: room }, () => {});
    }
  }

  /** @param {string} room @returns {string[] | null} */
  present(room) {
    return this.#presence.of(room);
  }

  online() {
    this.#readMarks.online();
  }

  lost() {
    this.#presence.lost();
  }

  /** @param {string} room */
  left(room) {
    this.#presence.left(room);
  }

  /** @param {ServerFrame} frame @returns {boolean} true for a signal */
  take(frame) {
    switch (frame.type) {
      case "readMarker":
        // The answer to a request arrives once more on all connections of the user, this one too.
        if (frame.ref === undefined) {
          this.#port.read(frame);
        }
        return true;
      case "roomPreferences":
      case "preferences": {
        const { type: _, ...preferences } = frame;
        this.#port.preferences(preferences);
        return true;
      }
      case "thread":
        this.#port.thread(frame);
        return true;
      case "saved":
        this.#port.saved(frame);
        return true;
      case "userTyping":
        this.#port.typing(frame);
        return true;
      case "presence":
        this.#port.presence(this.#presence.take(frame));
        return true;
      default:
        return false;
    }
  }
}
