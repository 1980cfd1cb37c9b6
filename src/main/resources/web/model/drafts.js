import { Model } from "./model.js";

/** What was written and not sent, a room or thread each; kept over reloads, and forgotten when the user logs out. */
export class Drafts extends Model {
  #client;
  #storage;

  constructor(client, storage) {
    super();
    this.#client = client;
    this.#storage = storage;
  }

  of(place) {
    return this.#read()[place] ?? "";
  }

  /** @param {string} place a room, or room/stamp of its first message for a thread */
  keep(place, text) {
    const { [place]: _, ...others } = this.#read();
    try {
      this.#storage.setItem(this.#key, JSON.stringify(text ? { ...others, [place]: text } : others));
    } catch {
      // A full storage keeps the draft of a moment ago; the text itself is still in its field.
    }
  }

  /** Puts a text that could not be sent to its place before the draft of another, for the user to decide. */
  giveBack(place, text) {
    if (text) {
      this.keep(place, [text, this.of(place)].filter(Boolean).join("\n\n"));
      this.changed();
    }
  }

  clear() {
    for (const key of this.#storage.keys().filter((each) => each.startsWith("parlance.drafts."))) {
      this.#storage.removeItem(key);
    }
  }

  get #key() {
    return `parlance.drafts.${this.#client.user}`;
  }

  #read() {
    try {
      return JSON.parse(this.#storage.getItem(this.#key) ?? "{}");
    } catch {
      return {};
    }
  }
}
