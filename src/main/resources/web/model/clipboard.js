import { permalink } from "./route.js";
import { say } from "../words/en/chat.js";

/** Copies texts and links to the clipboard, and says whether it worked. */
export class Clipboard {
  #origin;
  #toasts;

  /** @param {string} origin of the links @param {Page.Toasts} toasts */
  constructor(origin, toasts) {
    this.#origin = origin;
    this.#toasts = toasts;
  }

  /** Copies the text of a message. @param {{text?: string}} message */
  text({ text }) {
    return this.copy(text ?? "", say("textCopied"));
  }

  /** Copies the address of a message. @param {string} room @param {{seq: number, stamp?: string}} message */
  link(room, message) {
    return this.copy(`${this.#origin}/${permalink(room, message)}`, say("linkCopied"));
  }

  /** @param {string} text @param {string} said text of the toast when it has worked */
  async copy(text, said) {
    try {
      await navigator.clipboard.writeText(text);
      this.#toasts.info(said);
    } catch {
      this.#toasts.error(say("notCopied"));
    }
  }
}
