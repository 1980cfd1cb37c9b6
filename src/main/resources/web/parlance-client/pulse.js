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
 * when a request has no answer soon, and whenever the connection is in doubt; when nothing at all arrives in time, the
 * connection is lost.
 */
export class Pulse {
  #port;
  #settings;
  #heardAt = 0;
  /** Number of received frames, since two moments can have the same time. */
  #heard = 0;
  /** Value of that number at the last ping; while both are equal, nothing has arrived since. */
  #heardAtPing = -1;
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
    this.#heardAtPing = -1;
    this.#measured = false;
    this.#roundTripMs = roundTripMs;
    this.check();
    this.#listen();
  }

  /** Called when something arrives from the server. */
  heard() {
    this.#heardAt = performance.now();
    this.#heard++;
  }

  /** Called when a request is sent. @returns {() => void} to be called when it is answered */
  sent() {
    const heard = this.#heard;
    return this.#port.after(this.#settings.pingTimeoutMs / 2, () => heard === this.#heard && this.check());
  }

  /** Pings the server, once at a time. */
  check() {
    const heard = this.#heard;
    if (this.#heardAtPing === heard) {
      return;
    }
    this.#heardAtPing = heard;
    const askedAt = performance.now();
    const patienceMs = this.#patienceMs();
    this.#port.ping(() => this.#took(performance.now() - askedAt));
    this.#port.after(patienceMs, () => {
      if (heard !== this.#heard) {
        return;
      }
      this.#heardAtPing = -1;
      // This machine slept, and the answer may be unread.
      if (performance.now() - askedAt > patienceMs + LATE_MS) {
        this.check();
      } else {
        this.#port.lost();
      }
    });
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
