import { BrowserStorage } from "./browser-storage.js";
import { Language } from "./language.js";
import { Model } from "./model.js";

/** @typedef {import("./chat.js").Chat} Chat */

/** Keys of the client library: the session, and ended sessions that the server may not know of. */
const SESSION = "parlance.session";
const ENDINGS = "parlance.endings";

/**
 * Beginning of the page. The door needs little of it, and so is there soon on a slow network; the chat, which is all models with
 * the client library, is loaded at once for a user who is logged in, and for others when they type.
 */
export class Entrance extends Model {
  /** @type {Chat | null} */
  chat = null;
  storage = new BrowserStorage();
  language = new Language(this.storage.local);

  constructor(origin) {
    super();
    this.origin = origin;
  }

  /** True until the chat is made, when there is a session that it goes on with. */
  get hasSession() {
    return this.chat === null && this.#has(SESSION);
  }

  /** True when the chat has something to do although nobody is logged in: sessions to end, or another version of a kept page to offer. */
  get hasErrands() {
    return this.#has(ENDINGS) || isKept();
  }

  /**
   * The chat of this page, which the first call makes.
   *
   * @param {new (origin: string, storage: BrowserStorage, language: Language) => Chat} Chat which is not loaded with this module
   */
  begin(Chat) {
    if (this.chat === null) {
      this.chat = new Chat(this.origin, this.storage, this.language);
      this.chat.start();
      this.changed();
    }
    return this.chat;
  }

  #has(key) {
    return Boolean(this.storage.local.getItem(key));
  }
}

/** True of a page that comes from the service worker. */
function isKept() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}
