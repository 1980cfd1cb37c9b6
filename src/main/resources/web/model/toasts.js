import { Model } from "./model.js";

const SHOWN_MS = { info: 6_000, error: 10_000 };
/** Limit of the notices; the oldest is removed when there are more. */
const MAX_SHOWN = 4;

/** @typedef {{id: number, kind: "error" | "info", text: string}} Toast */

/** Short notices that disappear by themselves. */
export class Toasts extends Model {
  /** @type {Toast[]} */
  shown = [];
  #next = 1;
  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  #timers = new Map();

  /** @param {string} text */
  error(text) {
    this.#show("error", text);
  }

  /** @param {string} text */
  info(text) {
    this.#show("info", text);
  }

  /** @param {number} id */
  dismiss(id) {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
    this.changed();
  }

  /** Called while the user reads them: none disappears before {@link release}. */
  hold() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  release() {
    this.hold();
    this.shown.forEach((toast) => this.#end(toast));
  }

  /** @param {"error" | "info"} kind @param {string} text */
  #show(kind, text) {
    /** @type {Toast} */
    const toast = { id: this.#next++, kind, text };
    this.shown.filter((other) => other.text === text).forEach(({ id }) => this.dismiss(id));
    this.shown.slice(0, Math.max(0, this.shown.length + 1 - MAX_SHOWN)).forEach(({ id }) => this.dismiss(id));
    this.shown = [...this.shown, toast];
    this.#end(toast);
    this.changed();
  }

  /** @param {Toast} given */
  #end({ id, kind }) {
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_MS[kind]),
    );
  }
}
