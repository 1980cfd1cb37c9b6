import { TONES } from "./emoji-list.js";

const RECENT = 27;

/** Emoji that a user has picked in this browser, and the user's skin tone. Each tab reads what another has written. */
export class EmojiChoices {
  #storage;
  #key;

  /**
   * @param {{getItem: (key: string) => string | null, setItem: (key: string, value: string) => void}} storage
   * @param {string} user
   */
  constructor(storage, user) {
    this.#storage = storage;
    this.#key = `parlance.emoji.${user}`;
  }

  /** The newest first, without skin tones. @returns {string[]} */
  get recent() {
    return this.#read().recent;
  }

  /** Number of the skin tone, 0 for none. */
  get tone() {
    return this.#read().tone;
  }

  set tone(tone) {
    this.#write({ ...this.#read(), tone });
  }

  /** Records a picked emoji. @param {string} emoji without a skin tone */
  picked(emoji) {
    const { recent, tone } = this.#read();
    this.#write({ tone, recent: [emoji, ...recent.filter((other) => other !== emoji)].slice(0, RECENT) });
  }

  /** Stored choices, which another version of the page, or the user by hand, may have written in any form. */
  #read() {
    try {
      const { recent, tone } = JSON.parse(this.#storage.getItem(this.#key) ?? "{}");
      return {
        recent: Array.isArray(recent) ? recent.filter((emoji) => typeof emoji === "string").slice(0, RECENT) : [],
        tone: Number.isInteger(tone) && tone in TONES ? tone : 0,
      };
    } catch {
      return { recent: [], tone: 0 };
    }
  }

  /** @param {{recent: string[], tone: number}} choices */
  #write(choices) {
    this.#storage.setItem(this.#key, JSON.stringify(choices));
  }
}
