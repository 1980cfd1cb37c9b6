import { Model } from "./model.js";

/** Users who are typing in each room, until their notices expire. */
export class Typing extends Model {
  #client;
  /** @type {Map<string, Map<string, ReturnType<typeof setTimeout>>>} expiry timers by room and user */
  #typing = new Map();

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on("userTyping", ({ roomId, userId, expiresInMs }) => this.#began(roomId, userId, expiresInMs));
    client.on("event", ({ roomId, event }) => event.kind === "message" && this.#ended(roomId, event.sender));
  }

  /** Others who are typing in a room. @returns {string[]} @param {string} room */
  in(room) {
    return [...(this.#typing.get(room)?.keys() ?? [])];
  }

  /** Sends a typing notice; may be called at every key. @param {string} room */
  say(room) {
    this.#client.typing(room);
  }

  clear() {
    this.#typing.forEach((users) => users.forEach((timer) => clearTimeout(timer)));
    this.#typing.clear();
  }

  /** @param {string} room @param {string} user @param {number} expiresInMs */
  #began(room, user, expiresInMs) {
    this.#ended(room, user);
    if (!this.#typing.has(room)) {
      this.#typing.set(room, new Map());
    }
    const end = setTimeout(() => this.#ended(room, user), expiresInMs);
    this.#typing.get(room)?.set(user, end);
    this.changed();
  }

  /** @param {string} room @param {string} user */
  #ended(room, user) {
    const users = this.#typing.get(room);
    if (users?.has(user)) {
      clearTimeout(users.get(user));
      users.delete(user);
      this.changed();
    }
  }
}
