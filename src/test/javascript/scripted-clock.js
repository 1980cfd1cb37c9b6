/**
 * Time that a test moves: in place of setTimeout, clearTimeout, performance.now and Date.now. Timers run in order, each
 * after all effects of the one before.
 */
const REST_TURNS = 20;

export class ScriptedClock {
  #nowMs = 0;
  #timers = new Map();
  #made = 0;

  /** @param {{mock: typeof import("node:test").mock}} context of a test, restores the real clock */
  constructor(context) {
    const epoch = Date.now();
    context.mock.method(globalThis, "setTimeout", (action, delayMs = 0, ...given) => {
      this.#timers.set(++this.#made, { at: this.#nowMs + delayMs, action: () => action(...given) });
      return this.#made;
    });
    context.mock.method(globalThis, "clearTimeout", (timer) => this.#timers.delete(timer));
    context.mock.method(performance, "now", () => this.#nowMs);
    context.mock.method(Date, "now", () => epoch + this.#nowMs);
  }

  get nowMs() {
    return this.#nowMs;
  }

  /** Lets time pass. */
  async advance(ms) {
    const until = this.#nowMs + ms;
    await rest();
    while (this.#runNext(until)) {
      await rest();
    }
    this.#nowMs = until;
    await rest();
  }

  /** The machine sleeps: time passes, and no timer runs before it wakes up. */
  async sleep(ms) {
    this.#nowMs += ms;
    await this.advance(0);
  }

  /** Runs the first due timer; false when none is due until then. */
  #runNext(until) {
    const [id, timer] = [...this.#timers].reduce(
      (first, each) => (each[1].at < first[1].at ? each : first),
      [0, { at: Infinity }],
    );
    if (timer.at > until) {
      return false;
    }
    this.#timers.delete(id);
    this.#nowMs = Math.max(this.#nowMs, timer.at);
    timer.action();
    return true;
  }
}

async function rest() {
  for (let turn = 0; turn < REST_TURNS; turn++) {
    await new Promise((done) => setImmediate(done));
  }
}
