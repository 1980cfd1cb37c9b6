/** Time for an answer to a ping in round trips, on a slow network. */
const ROUND_TRIPS = 3;
/** Delay of a timer, in milliseconds, from which on this machine is assumed to have slept. */
const LATE_MS = 1_000;

/**
 * @typedef {object} PulsePort dependencies of the pulse
 * @property {(answered: () => void) => void} ping
 * @property {(delayMs: number, action: () => void) => () => void} after stopped when the connection ends; returns a
 *   stop
 * @property {() => boolean} hidden true while the page is hidden
 * @property {() => void} lost
 */

/**
 * Keep-alive of a connection, because TCP does not report a vanished server. It sends a ping when the server is silent,
 * when a request has no answer soon, and whenever the connection is in doubt. A frame that the server sent earlier can
 * arrive after the ping, so it only extends the time for the answer; when that has passed since the last frame, the
 * connection is lost.
 */
export class Pulse {
  #port;
  #settings;
  #heardAt = 0;
  /** Stops the wait for the answer to the last ping; null when no ping is unanswered. @type {(() => void) | null} */
  #stopWait = null;
  /** Time of recent answers, in milliseconds. */
  #roundTripMs = 0;
  /** True when a ping measured it: the check of a token takes a busy server longer. */
  #measured = false;

  /** @param {PulsePort} port @param {import("./settings.js").Settings} settings */
  constructor(port, settings) {
    this.#port = port;
    this.#settings = settings;
  }

  /** Starts with a new connection. @param {number} roundTripMs time of its first answer */
  begin(roundTripMs) {
    this.#stopWait = null;
    this.#measured = false;
    this.#roundTripMs = roundTripMs;
    this.check();
    this.#listen();
  }

  /** Called when something arrives from the server. */
  heard() {
    this.#heardAt = performance.now();
  }

  /** Called when a request is sent. @returns {() => void} to be called when it is answered */
  sent() {
    return this.#whenQuiet(this.#settings.pingTimeoutMs / 2, () => this.check());
  }

  /** Pings the server, once at a time. */
  check() {
    if (this.#stopWait) {
      return;
    }
    const askedAt = performance.now();
    this.#stopWait = this.#whenQuiet(this.#patienceMs(), (late) => {
      this.#stopWait = null;
      // A machine that slept may have the answer unread.
      if (late) {
        this.check();
      } else {
        this.#port.lost();
      }
    });
    this.#port.ping(() => {
      this.#stopWait?.();
      this.#stopWait = null;
      this.#took(performance.now() - askedAt);
    });
  }

  /**
   * Calls an action once when nothing has arrived for that time, from now on.
   *
   * @param {number} quietMs
   * @param {(late: boolean) => void} action called with true when its timer was late, as after a sleep of the machine
   * @returns {() => void} stops the wait
   */
  #whenQuiet(quietMs, action) {
    let stop = () => {};
    const wait = (/** @type {number} */ sinceMs) => {
      const dueMs = sinceMs + quietMs;
      stop = this.#port.after(dueMs - performance.now(), () => {
        if (this.#heardAt > sinceMs) {
          wait(this.#heardAt);
        } else {
          action(performance.now() > dueMs + LATE_MS);
        }
      });
    };
    wait(performance.now());
    return () => stop();
  }

  #listen() {
    const { silenceMs, hiddenSilenceMs } = this.#settings;
    const boundMs = this.#port.hidden() ? hiddenSilenceMs : silenceMs;
    const quietMs = performance.now() - this.#heardAt;
    if (quietMs >= boundMs) {
      this.check();
    }
    this.#port.after(quietMs >= boundMs ? boundMs / 4 : boundMs - quietMs, () => this.#listen());
  }

  /** Time for an answer to a ping, longer on a network whose answers have been slow. */
  #patienceMs() {
    const { pingTimeoutMs, answerTimeoutMs } = this.#settings;
    return Math.max(pingTimeoutMs, Math.min(ROUND_TRIPS * this.#roundTripMs, answerTimeoutMs));
  }

  #took(/** @type {number} */ ms) {
    this.#roundTripMs = this.#measured ? Math.max(ms, this.#roundTripMs / 2) : ms;
    this.#measured = true;
  }
}
