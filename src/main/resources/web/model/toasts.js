import { Model } from "./model.js";

const SHOWN_MS = 6_000;

/** Short notices that go away by themselves. */
export class Toasts extends Model {
  /** @type {{id: number, kind: "error" | "info", text: string}[]} */
  shown = [];
  #next = 1;

  error(text) {
    this.#show("error", text);
  }

  info(text) {
    this.#show("info", text);
  }

  dismiss(id) {
    this.shown = this.shown.filter((toast) => toast.id !== id);
    this.changed();
  }

  #show(kind, text) {
    const id = this.#next++;
    this.shown = [...this.shown.filter((toast) => toast.text !== text), { id, kind, text }];
    this.changed();
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }
}
