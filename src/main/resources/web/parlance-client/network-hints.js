/** Interval of a timer, in milliseconds, whose delay reveals that the machine or the process slept. */
const TICK_MS = 1_000;
/** Delay of that timer beyond what a busy program explains. */
const SLEPT_MS = 3_000;

/** Events of a browser when the network may be gone, and when it may be back. */
const GONE = ["offline"];
const BACK = ["online", "pageshow"];
const SHOWN = ["visibilitychange", "resume"];

/**
 * @typedef {Partial<EventTarget> & {document?: EventTarget & {readonly visibilityState: string}}} Surroundings the
 *   window of a page, or the global object of a worker or of Node.js, which emit fewer events or none
 */

/**
 * Hints that the network has changed, or that this machine slept. A browser gives them as events: the network went or
 * came, the page is shown again, also from the back-forward cache. In all programs, also in Node.js, a timer that is
 * much too late gives one.
 */
export class NetworkHints {
  #window;
  #hinted;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #listening = false;
  #gone = () => this.#hinted(false);
  #back = () => this.#hinted(true);
  #shown = () => !this.hidden && this.#hinted(true);

  /**
   * @param {Surroundings} window
   * @param {(mayReach: boolean) => void} hinted called with true when an attempt to connect may succeed now
   */
  constructor(window, hinted) {
    this.#window = window;
    this.#hinted = hinted;
  }

  /** True while the page is hidden; false without a page. */
  get hidden() {
    return this.#window.document?.visibilityState === "hidden";
  }

  start() {
    if (!this.#listening) {
      this.#listening = true;
      this.#each("addEventListener");
      this.#tick();
    }
  }

  stop() {
    this.#listening = false;
    this.#each("removeEventListener");
    clearTimeout(this.#timer);
  }

  /** @param {"addEventListener" | "removeEventListener"} change */
  #each(change) {
    const { document } = this.#window;
    GONE.forEach((type) => this.#window[change]?.(type, this.#gone));
    BACK.forEach((type) => this.#window[change]?.(type, this.#back));
    SHOWN.forEach((type) => document?.[change](type, this.#shown));
  }

  /** Compares two clocks: one may stand still while the machine sleeps, and users set the other. */
  #tick() {
    const [runMs, wallMs] = [performance.now(), Date.now()];
    this.#timer = setTimeout(() => {
      const tookMs = Math.max(performance.now() - runMs, Date.now() - wallMs);
      this.#tick();
      // Browsers delay the timers of a hidden page by up to a minute.
      if (tookMs > TICK_MS + SLEPT_MS && !this.hidden) {
        this.#hinted(true);
      }
    }, TICK_MS);
  }
}
