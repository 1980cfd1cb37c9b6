import { answered, apply, isChange } from "./message-state.js";
import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";

/** @param {string} room @param {number} seq */
const keyOf = (room, seq) => `${room}/${seq}`;

/**
 * The user's saved messages, on all devices. The list is loaded when a view shows it; for a message its state is known
 * once it was loaded or sent.
 */
export class Saved extends Model {
  /** @type {Page.SavedMessage[]} with `roomId` and `savedAt`, the one that was saved last first */
  list = [];
  loaded = false;
  failed = false;
  /** Start of the next page; undefined on the last. @type {string | undefined} */
  nextPage;
  #client;
  /** State of each message as it was last sent or loaded: true when it is saved. @type {Map<string, boolean>} */
  #known = new Map();
  /** Number of received changes; an answer to an earlier request may lack the latest ones. */
  #told = 0;

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on("saved", (mark) => this.#take(mark));
    client.on("event", ({ roomId, event }) => this.#arrived(roomId, event));
    client.on("reset", ({ since }) => since === 0 && this.clear());
    client.on("state", ({ state }) => state === "online" && this.loaded && this.load());
  }

  /** @param {string} room @param {{seq: number}} other */
  has(room, { seq }) {
    return this.#known.get(keyOf(room, seq)) ?? false;
  }

  /** Loads the first page again. */
  load = oneAtATime(async () => {
    const { userId: user } = this.#client;
    const told = this.#told;
    try {
      const page = await this.#client.api.saved();
      if (user !== this.#client.userId) {
        return;
      }
      this.list = [];
      this.#known.clear();
      this.#add(page);
      Object.assign(this, { loaded: true, failed: false });
      if (told !== this.#told) {
        // The answer may be older than the received changes.
        void this.load();
      }
    } catch {
      this.failed = true;
    }
    this.changed();
  });

  /** Loads the next page. */
  more = oneAtATime(async () => {
    if (this.nextPage !== undefined) {
      this.#add(await this.#client.api.saved(this.nextPage));
      this.changed();
    }
  });

  /** Saves a message, or removes it. @param {string} room @param {Page.Message} message @param {boolean} saved */
  async save(room, message, saved) {
    await this.#client.api.save(room, message, saved);
    this.#take({ roomId: room, seq: message.seq, saved });
  }

  clear() {
    this.#known.clear();
    Object.assign(this, { list: [], loaded: false, failed: false, nextPage: undefined });
    this.changed();
  }

  /** @param {{messages: Page.SavedMessage[], nextPage?: string}} page */
  #add(page) {
    const known = new Set(this.list.map(({ roomId, seq }) => keyOf(roomId, seq)));
    const news = page.messages.filter(({ roomId, seq }) => !known.has(keyOf(roomId, seq)));
    this.list = [...this.list, ...news.map((message) => ({ ...message, asOf: 0 }))];
    this.nextPage = page.nextPage;
    this.list.forEach(({ roomId, seq }) => this.#known.set(keyOf(roomId, seq), true));
  }

  /** @param {Page.Events["saved"]} given */
  #take({ roomId, seq, saved }) {
    this.#told++;
    this.#known.set(keyOf(roomId, seq), saved);
    if (!saved) {
      this.list = this.list.filter((message) => message.roomId !== roomId || message.seq !== seq);
    } else if (this.loaded && !this.list.some((message) => message.roomId === roomId && message.seq === seq)) {
      void this.load();
    }
    this.changed();
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #arrived(room, event) {
    if (isChange(event)) {
      this.#change(room, event.target, (message) => apply(message, event));
    } else if (event.kind === "message" && event.thread !== undefined) {
      this.#change(room, event.thread, (message) => answered(message, event));
    }
  }

  /** @param {string} room @param {number | undefined} seq @param {(message: Page.Message) => Page.Message} change */
  #change(room, seq, change) {
    if (this.has(room, /** @type {{seq: number}} */ ({ seq }))) {
      this.list = this.list.map((message) =>
        message.roomId === room && message.seq === seq ? /** @type {Page.SavedMessage} */ (change(message)) : message,
      );
      this.changed();
    }
  }
}
