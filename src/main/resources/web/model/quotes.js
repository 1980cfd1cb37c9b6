import { apply, isChange } from "./message-state.js";
import { Model } from "./model.js";

/** Limit of the cached quoted messages; the least recently drawn are dropped first. */
const KEPT = 200;

/** @param {string} room @param {number | undefined} seq */
const keyOf = (room, seq) => `${room}/${seq}`;

/** Quoted messages that are in no list, loaded one after the other when they are drawn. */
export class Quotes extends Model {
  #client;
  #timelines;
  /** @type {Map<string, Page.Message | null>} null for a message that is being loaded, or that does not exist */
  #messages = new Map();
  /** @type {{room: string, seq: number}[]} */
  #toAsk = [];
  #asking = false;

  /** @param {Page.Client} client @param {Page.Timelines} timelines */
  constructor(client, timelines) {
    super();
    this.#client = client;
    this.#timelines = timelines;
    client.on("event", ({ roomId, event }) => isChange(event) && this.#change(roomId, event));
    client.on("reset", ({ roomId, since }) => since === 0 && this.#forget(roomId));
  }

  /** A message, null while unknown. @param {string} room @param {number} seq */
  of(room, seq) {
    const held = this.#timelines.of(room).message(seq);
    if (held) {
      return held;
    }
    const key = keyOf(room, seq);
    if (!this.#messages.has(key)) {
      this.#put(key, null);
      this.#toAsk.push({ room, seq });
      void this.#ask();
    }
    return this.#messages.get(key);
  }

  clear() {
    this.#messages.clear();
    this.#toAsk = [];
  }

  async #ask() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    while (this.#toAsk.length > 0) {
      const { room, seq } = /** @type {{room: string, seq: number}} */ (this.#toAsk.shift());
      try {
        // Live changes can be applied to it again without harm.
        const message = await this.#client.api.message(room, seq);
        if (this.#messages.has(keyOf(room, seq))) {
          this.#put(keyOf(room, seq), { ...message, asOf: 0 });
          this.changed();
        }
      } catch (failure) {
        if (failure.retryable) {
          this.#messages.delete(keyOf(room, seq));
        }
      }
    }
    this.#asking = false;
  }

  /** @param {string} key @param {Page.Message | null} message */
  #put(key, message) {
    this.#messages.delete(key);
    this.#messages.set(key, message);
    if (this.#messages.size > KEPT) {
      this.#messages.delete(/** @type {string} */ (this.#messages.keys().next().value));
    }
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #change(room, event) {
    const key = keyOf(room, event.target);
    const message = this.#messages.get(key);
    if (message) {
      this.#messages.set(key, apply(message, event));
      this.changed();
    }
  }

  /** @param {string} room */
  #forget(room) {
    [...this.#messages.keys()].filter((key) => key.startsWith(`${room}/`)).forEach((key) => this.#messages.delete(key));
  }
}
