import { ParlanceError } from "./errors.js";
import { HISTORY_CHANGED } from "./protocol.js";

/**
 * @typedef {object} ReadMarksPort
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(delayMs: number, action: () => void) => void} after
 *
 * @typedef {{seq: number, stamp: string | undefined, said: number, waits: boolean}} Mark read marker of the user, the
 *   part sent to the server, and true while it is too early to send more
 */

/** Sends read markers: the furthest of each interval, and again those that a lost connection left unsent. */
export class ReadMarks {
  #port;
  #intervalMs;
  /** @type {Map<string, Mark>} */
  #marks = new Map();

  /** @param {ReadMarksPort} port @param {number} intervalMs */
  constructor(port, intervalMs) {
    this.#port = port;
    this.#intervalMs = intervalMs;
  }

  /** @param {string} room @param {number} seq @param {string} [stamp] of the last read event */
  move(room, seq, stamp) {
    const mark = this.#marks.get(room) ?? { seq: 0, stamp: undefined, said: 0, waits: false };
    this.#marks.set(room, mark);
    if (seq > mark.seq) {
      Object.assign(mark, { seq, stamp });
    }
    this.#say(room, mark);
  }

  /**
   * Moves a marker back to before a message. The marker before is sent first, because the server keeps the messages
   * before this one as read.
   *
   * @param {string} room
   * @param {number} seq
   * @param {string} [stamp]
   * @returns {Promise<void>}
   */
  moveBack(room, seq, stamp) {
    const mark = this.#marks.get(room);
    this.#marks.delete(room);
    if (mark && mark.seq > mark.said) {
      this.#port.ask(readFrame(room, mark), () => {});
    }
    return new Promise((done, failed) => {
      this.#port.ask({ type: "markUnread", roomId: room, seq, ...(stamp !== undefined && { stamp }) }, (answer) =>
        answer instanceof ParlanceError ? failed(answer) : done(),
      );
    });
  }

  /** Drops a marker whose event no longer exists. @param {string} room */
  forget(room) {
    this.#marks.delete(room);
  }

  online() {
    this.#marks.forEach((mark, room) => this.#say(room, mark));
  }

  /** @param {string} room @param {Mark} mark */
  #say(room, mark) {
    if (mark.waits || mark.seq <= mark.said || mark !== this.#marks.get(room)) {
      return;
    }
    const { seq } = mark;
    mark.waits = true;
    this.#port.ask(readFrame(room, mark), (answer) => {
      if (answer instanceof ParlanceError && answer.code === "network") {
        mark.waits = false;
        return;
      }
      if (answer instanceof ParlanceError && answer.code === HISTORY_CHANGED) {
        this.forget(room);
        return;
      }
      const refused = answer instanceof ParlanceError && answer.retryable;
      if (!refused) {
        mark.said = seq;
      }
      this.#port.after(this.#intervalMs + (refused ? answer.retryAfterMs : 0), () => {
        mark.waits = false;
        this.#say(room, mark);
      });
    });
  }
}

/** @param {string} room @param {Mark} mark @returns {import("./protocol.js").ClientFrame} */
const readFrame = (room, { seq, stamp }) => ({ type: "markRead", roomId: room, seq, ...(stamp !== undefined && { stamp }) });
