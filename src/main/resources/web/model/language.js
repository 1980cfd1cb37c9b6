import { format, languageNow, speak } from "../words/words.js";
import { Model } from "./model.js";
import { Retries } from "./retries.js";

const CHOICE = "parlance.language";
/** Value of the choice "same as the browser". */
const NONE = "";
const ENGLISH = "en";

/** The script that runs before anything is drawn; see language.js. */
const early = () =>
  globalThis.parlanceLanguage ?? {
    languages: [ENGLISH],
    language: ENGLISH,
    texts: Promise.resolve(null),
    wanted: () => ENGLISH,
    show() {},
    load: async () => null,
  };

/** Language of the page: the first one of the browser that the page has, or one that the user has chosen for this browser. */
export class Language extends Model {
  #storage;
  #retries = new Retries(() => void this.#again());
  /** True from a choice until the field for it is drawn anew: it gets the focus back. */
  wasChosen = false;
  /** Number of the newest load: only that one counts. */
  #loads = 0;

  /** @param {import("../parlance-client/storage.js").TextStorage} storage */
  constructor(storage) {
    super();
    this.#storage = storage;
  }

  /** Languages of the page. @returns {string[]} */
  get all() {
    return early().languages;
  }

  get current() {
    return languageNow();
  }

  /** The user's choice; null for the browser's. @returns {string | null} */
  get chosen() {
    const chosen = this.#storage.getItem(CHOICE);
    return chosen !== null && this.all.includes(chosen) ? chosen : null;
  }

  /** The name of a language in that language. @param {string} language */
  nameOf(language) {
    const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
    return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
  }

  /** Completes when the texts are loaded or have failed: after a failure the page is in English, and the load is retried. */
  async start() {
    const { language, texts } = early();
    try {
      this.#speak(language, await texts);
    } catch (failure) {
      this.#speak(ENGLISH, null);
      this.#retries.failed(failure);
    }
  }

  /**
   * Changes the language of the page, and stores the choice in this browser, once the texts are loaded.
   *
   * @param {string | null} language null for the browser's
   */
  async choose(language) {
    this.#retries.stop();
    try {
      this.wasChosen = true;
      if (await this.#load(early().wanted(language ?? NONE))) {
        this.#storage.setItem(CHOICE, language ?? NONE);
      }
    } finally {
      // The field shows the language that there is.
      this.changed();
    }
  }

  async #again() {
    try {
      await this.#load(early().wanted(this.chosen ?? NONE));
      this.#retries.succeeded();
    } catch (failure) {
      this.#retries.failed(failure);
    }
  }

  /** @returns {Promise<boolean>} false when another language was asked for meanwhile @param {string} language */
  async #load(language) {
    const load = ++this.#loads;
    const texts = await early().load(language);
    const isNewest = load === this.#loads;
    if (isNewest) {
      this.#speak(language, texts);
    }
    return isNewest;
  }

  /** @param {string} language @param {import("../words/words.js").Catalogue | null} texts */
  #speak(language, texts) {
    early().show(language);
    const isTurned = globalThis.document?.documentElement.dir === "rtl";
    speak(language, texts, { tags: globalThis.navigator?.languages ?? [], isTurned });
    this.changed();
  }
}

/**
 * Sorts by names as the reader's language does.
 *
 * @template T
 * @param {(item: T) => string} nameOf
 * @returns {(one: T, other: T) => number}
 */
export const byName = (nameOf) => (one, other) => format("Collator").compare(nameOf(one), nameOf(other));
