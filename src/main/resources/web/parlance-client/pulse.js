/** Round trips that an answer to a ping may take, when the network is that slow. */
const ROUND_TRIPS = 3;
/** Delay of a timer after which this side is taken to have slept, in milliseconds. */
const LATE_MS = 1_000;

/**
 * @typedef {object} PulsePort what the pulse needs of the connection around it
 * @property {(answered: () => void) => void} ping
 * @property {(delayMs: number, action: () => void) => () => void} after forgotten when the connection ends; returns a stop
 * @property {() => boolean} hidden whether nobody sees the page
 * @property {() => void} lost
 */

/**
 * Whether the server is still there, which TCP does not tell. A ping goes out when the server is silent, when a request has no
 * answer soon, and whenever the connection is in doubt; when nothing at all comes in time, the connection is lost.
 */
export class Pulse {
  #port;
  #settings;
  #heardAt = 0;
  /** Count of what has come, since two moments can have one time. */
  #heard = 0;
  /** That count when the last ping went out; while the two are equal, nothing has come in answer. */
  #heardAtPing = -1;
  /** Time that answers have taken lately, in milliseconds. */
  #roundTripMs = 0;
  /** Whether that was measured by a ping: the proof of a session takes a busy server longer. */
  #measured = false;

  /** @param {PulsePort} port @param {import("./settings.js").Settings} settings */
  constructor(port, settings) {
    this.#port = port;
    this.#settings = settings;
  }

  /** A connection has begun. @param {number} roundTripMs time that its first answer took */
  begin(roundTripMs) {
    this.#heardAtPing = -1;
    this.#measured = false;
    this.#roundTripMs = roundTripMs;
    this.check();
    this.#listen();
  }

  /** Something came of the server. */
  heard() {
    this.#heardAt = performance.now();
    this.#heard++;
  }

  /** A request went out. @returns {() => void} to be called when it is answered */
  sent() {
    const heard = this.#heard;
    return this.#port.after(this.#settings.pingTimeoutMs / 2, () => heard === this.#heard && this.check());
  }

  /** Asks whether the server is there, once at a time. */
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
      // This side slept, and the answer may wait to be read.
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
