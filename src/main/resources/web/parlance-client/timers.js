/** Timers that can be stopped together. */
export class Timers {
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  #running = new Set();

  /**
   * @param {number} delayMs
   * @param {() => void} action
   * @returns {() => void} stops it
   */
  after(delayMs, action) {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      action();
    }, delayMs);
    this.#running.add(timer);
    return () => {
      clearTimeout(timer);
      this.#running.delete(timer);
    };
  }

  clear() {
    this.#running.forEach((timer) => clearTimeout(timer));
    this.#running.clear();
  }
}
