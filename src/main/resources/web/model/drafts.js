/** What was written and not sent, a room or thread each; kept over reloads, and forgotten when the user logs out. */
export class Drafts {
  #client;
  #storage;

  constructor(client, storage) {
    this.#client = client;
    this.#storage = storage;
  }

  of(place) {
    return this.#read()[place] ?? "";
  }

  /** @param {string} place a room, or room/seq for a thread */
  keep(place, text) {
    const { [place]: _, ...others } = this.#read();
    try {
      this.#storage.setItem(this.#key, JSON.stringify(text ? { ...others, [place]: text } : others));
    } catch {
      // A full storage keeps the draft of a moment ago; the text itself is still in its field.
    }
  }

  clear() {
    for (const key of Object.keys(this.#storage).filter((each) => each.startsWith("parlance.drafts."))) {
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
