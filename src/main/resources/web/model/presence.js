import { Model } from "./model.js";

/** Users present in each room; unknown without a connection. */
export class Presence extends Model {
  #client;
  /** @type {Map<string, number>} */
  #counts = new Map();
  /** Users present in each room; cached until the presence of the room changes. @type {Map<string, Set<string>>} */
  #users = new Map();

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on("presence", ({ roomId, count }) => {
      this.#counts.set(roomId, count);
      this.#users.delete(roomId);
      this.changed();
    });
    client.on("left", ({ roomId }) => {
      this.#counts.delete(roomId);
      this.#users.delete(roomId);
      this.changed();
    });
    client.on("state", () => {
      this.#counts.clear();
      this.#users.clear();
      this.changed();
    });
  }

  /** Number of users present in a room; undefined when unknown. @param {string} room */
  count(room) {
    return this.#counts.get(room);
  }

  /** `online` when a user is present in a room, else undefined. @param {string} room @param {string | undefined} user */
  of(room, user) {
    if (!this.#users.has(room)) {
      this.#users.set(room, new Set(this.#client.present(room)));
    }
    return this.#users.get(room)?.has(/** @type {string} */ (user)) ? "online" : undefined;
  }
}
