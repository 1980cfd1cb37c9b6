import { Model } from "./model.js";

/** Separator between a returned text and the draft. */
const GAP = "\n\n";

/**
 * @typedef {{place: string, text: string, before: string, givenBack?: string}} DraftWrite `before` is the text of this tab that it
 *   replaces in the store
 */

/**
 * Unsent texts, one for each room or thread. They belong to the user and the browser: they are in the client's store,
 * all tabs share them, and the last writer wins. A text in a focused field is never replaced by another tab's: when the
 * focus leaves the field, that text is stored again if it was edited meanwhile, else the other tab's text is shown. A
 * tab deletes (by sending, or by hand) only its own text. Each user of the browser has drafts of its own, which stay
 * until that user logs out.
 *
 * A draft is written at once, or after the write of it that is under way; a text that waits gives way to a later one.
 */
export class Drafts extends Model {
  #client;
  /** Copy of the stored drafts, by place. @type {Map<string, string>} */
  #texts = new Map();
  /** Places that this tab wrote to before the drafts were loaded: its texts are newer. @type {Set<string>} */
  #early = new Set();
  /** Fields with the focus, by place. @type {Map<string, {isWritten: boolean, isOutdated: boolean}>} */
  #fields = new Map();
  /** By key of the store: the write that waits for the one under way, or null. @type {Map<string, DraftWrite | null>} */
  #writes = new Map();

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    client.store.listen((message) => void this.#told(message));
  }

  /** True when a room, or a thread of it, has a draft. @param {string} room */
  isIn(room) {
    return [...this.#texts].some(([place, text]) => (place === room || place.startsWith(`${room}/`)) && text.trim() !== "");
  }

  /** Number of drafts. */
  get count() {
    return [...this.#texts.values()].filter((text) => text.trim()).length;
  }

  /** Loads the drafts of the logged-in user. */
  async load() {
    const { userId: user } = this.#client;
    this.#early.clear();
    this.#texts.clear();
    const stored = await this.#client.store.update(prefixOf(user), (items) => [...items]);
    if (user === this.#client.userId) {
      for (const [key, text] of stored) {
        const place = key.slice(prefixOf(user).length);
        if (!this.#early.has(place)) {
          this.#texts.set(place, text);
        }
      }
      this.changed();
    }
  }

  /** @param {string} place */
  of(place) {
    return this.#texts.get(place) ?? "";
  }

  /** @param {string} place a room, or room/stamp of its first message for a thread @param {string} text */
  keep(place, text) {
    const before = this.of(place);
    this.#set(place, text);
    this.#early.add(place);
    if (this.#fields.has(place)) {
      /** @type {{isWritten: boolean}} */ (this.#fields.get(place)).isWritten = true;
    }
    void this.#store({ place, text, before });
  }

  /**
   * Prepends a text that could not be sent to the draft of its place, for the user to decide.
   *
   * @param {string} place
   * @param {string} text
   */
  giveBack(place, text) {
    if (text && !isBefore(text, this.of(place))) {
      const before = this.of(place);
      const joined = joinedTexts(text, before);
      this.#set(place, joined);
      this.#early.add(place);
      void this.#store({ place, text: joined, before, givenBack: text });
      this.changed();
    }
  }

  /** Called when the field of a place gets the focus. @param {string} place */
  enter(place) {
    this.#fields.set(place, { isWritten: false, isOutdated: false });
  }

  /** Called when the field of a place loses the focus. @param {string} place */
  leave(place) {
    const field = this.#fields.get(place);
    this.#fields.delete(place);
    if (field?.isOutdated && field.isWritten && this.of(place)) {
      void this.#store({ place, text: this.of(place), before: "" });
    } else if (field?.isOutdated) {
      void this.#reload(place);
    }
  }

  /** Deletes all drafts of a user, in the browser too. @param {string} user */
  clear(user) {
    const prefix = prefixOf(user);
    this.#writes.forEach((_, key) => key.startsWith(prefix) && this.#writes.set(key, null));
    void this.#client.store.update(prefix, (items) => items.clear());
    this.forget();
  }

  /** Clears the copy after the user has left; stored drafts stay. */
  forget() {
    this.#texts.clear();
    this.#fields.clear();
  }

  /** @param {string} place @param {string} text */
  #set(place, text) {
    if (text) {
      this.#texts.set(place, text);
    } else {
      this.#texts.delete(place);
    }
  }

  /** @param {DraftWrite} write */
  async #store(write) {
    const { store, userId: user } = this.#client;
    const key = prefixOf(user) + write.place;
    const waiting = this.#writes.get(key);
    if (waiting !== undefined) {
      this.#writes.set(key, waiting ? merged(waiting, write) : write);
      return;
    }
    for (let next = /** @type {DraftWrite | null | undefined} */ (write); next; next = this.#writes.get(key)) {
      const { text, before, ...more } = next;
      this.#writes.set(key, null);
      await store.update(key, (items) => {
        if (text) {
          items.set(key, text);
        } else if (items.get(key) === before) {
          items.delete(key);
        }
      });
      store.tell({ type: "draft", user, ...more });
    }
    this.#writes.delete(key);
  }

  /** @param {string} place */
  async #reload(place) {
    const { store, userId: user } = this.#client;
    const key = prefixOf(user) + place;
    const text = await store.update(key, (items) => items.get(key) ?? "");
    // A text of this tab that is still to be stored is the later one.
    if (user === this.#client.userId && !this.#writes.has(key) && !this.#fields.get(place)?.isWritten) {
      this.#set(place, text);
      this.changed();
    }
  }

  /**
   * Handles a draft that another tab has stored.
   *
   * @param {{type: string, user: string, place: string, givenBack?: string}} given
   */
  async #told({ type, user, place, givenBack }) {
    const field = this.#fields.get(place);
    if (type !== "draft" || user !== this.#client.userId) {
      return;
    }
    if (!field) {
      await this.#reload(place);
    } else if (givenBack === undefined) {
      field.isOutdated = true;
    } else if (!isBefore(givenBack, this.of(place))) {
      this.keep(place, joinedTexts(givenBack, this.of(place)));
      this.changed();
    }
  }
}

/** @param {string | null} user */
const prefixOf = (user) => `draft/${encodeURIComponent(/** @type {string} */ (user))}/`;
/** @param {...string} texts */
const joinedTexts = (...texts) => texts.filter(Boolean).join(GAP);
/** @param {string} text @param {string} draft */
const isBefore = (text, draft) => draft === text || draft.startsWith(text + GAP);
/**
 * One write for two, of which neither has begun. The store has the text from before the first.
 *
 * @param {DraftWrite} waiting
 * @param {DraftWrite} later
 * @returns {DraftWrite}
 */
const merged = (waiting, later) => ({
  ...waiting,
  text: later.text,
  givenBack: joinedTexts(later.givenBack ?? "", waiting.givenBack ?? "") || undefined,
});
