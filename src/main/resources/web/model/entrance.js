import { BrowserStorage } from "./browser-storage.js";
import { Language } from "./language.js";
import { Model } from "./model.js";
import { isFromWorker } from "./page-version.js";
import { ENDINGS_KEY, SESSION_KEY } from "../parlance-client/storage.js";

/** @typedef {import("./chat.js").Chat} Chat */

/**
 * Start of the page. The sign-in form needs little code, and so appears soon on a slow network; the chat, which is all
 * models with the client library, is loaded at once for a logged-in user, and for others when they type.
 */
export class Entrance extends Model {
  /** @type {Chat | null} */
  chat = null;
  storage = new BrowserStorage();
  language = new Language(this.storage.local);

  /** @param {string} origin */
  constructor(origin) {
    super();
    this.origin = origin;
    // No change of the model: of other addresses nothing here depends.
    addEventListener("hashchange", () => this.dispatchEvent(new Event("change")));
  }

  /** True until the chat is created, when there is a session to resume. */
  get hasSession() {
    return this.chat === null && this.#has(SESSION_KEY);
  }

  /**
   * True when the chat has work although no user is logged in: sessions to end, or another version of a cached page to
   * offer.
   */
  get hasErrands() {
    return this.#has(ENDINGS_KEY) || isFromWorker();
  }

  /**
   * Chat of this page, created by the first call.
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

  /** @param {string} key */
  #has(key) {
    return Boolean(this.storage.local.getItem(key));
  }
}
