import { ParlanceError } from "./errors.js";

/**
 * @typedef {object} JoinsPort
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(delayMs: number, action: () => void) => void} after
 */

/**
 * Queue of joins. A client that resumes a thousand rooms at once would exceed the server's rate limit by far, and be
 * cut; so only a few joins are pending at a time, and after `rate.limited` only one.
 */
export class Joins {
  #port;
  #atOnce;
  /** Limit of pending joins on this connection. */
  #limit;
  /** @type {{frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered}[]} */
  #waiting = [];
  #underWay = 0;
  #isPausing = false;
  /** Number of connections: answers and pauses of earlier ones are ignored. */
  #round = 0;

  /** @param {JoinsPort} port @param {number} atOnce */
  constructor(port, atOnce) {
    this.#port = port;
    this.#atOnce = atOnce;
    this.#limit = atOnce;
  }

  /**
   * @param {import("./protocol.js").ClientFrame} frame @param {import("./connection.js").Answered} answered not called
   *   after the connection is lost
   */
  ask(frame, answered) {
    this.#waiting.push({ frame, answered });
    this.#next();
  }

  /** Called when the connection is lost, and with it all requests. */
  lost() {
    this.#round++;
    this.#waiting = [];
    this.#limit = this.#atOnce;
    this.#underWay = 0;
    this.#isPausing = false;
  }

  #next() {
    while (!this.#isPausing && this.#underWay < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) {
        return;
      }
      const round = this.#round;
      this.#underWay++;
      this.#port.ask(next.frame, (answer) => {
        if (round === this.#round) {
          this.#underWay--;
          this.#heed(answer);
        }
        next.answered(answer);
        if (round === this.#round) {
          this.#next();
        }
      });
    }
  }

  /** @param {ParlanceError | import("./protocol.js").ServerFrame} answer */
  #heed(answer) {
    if (!(answer instanceof ParlanceError)) {
      return;
    }
    if (answer.code === "network") {
      // The next connection joins all rooms again.
      this.#waiting = [];
    } else if (answer.code === "rate.limited" && !this.#isPausing) {
      this.#limit = 1;
      const round = this.#round;
      this.#isPausing = true;
      this.#port.after(answer.retryAfterMs, () => {
        if (round === this.#round) {
          this.#isPausing = false;
          this.#next();
        }
      });
    }
  }
}
