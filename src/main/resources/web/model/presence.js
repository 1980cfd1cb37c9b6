import { Model } from "./model.js";

/** Users present in each room; unknown without a connection. */
export class Presence extends Model {
  #client;
  /** @type {Map<string, number>} */
  #counts = new Map();

  constructor(client) {
    super();
    this.#client = client;
    client.on("presence", ({ room, count }) => {
      this.#counts.set(room, count);
      this.changed();
    });
    client.on("state", () => {
      this.#counts.clear();
      this.changed();
    });
  }

  /** Number of users present in a room; undefined when unknown. */
  count(room) {
    return this.#counts.get(room);
  }

  /** `online` when a user is present in a room, else undefined. */
  of(room, user) {
    return this.#client.present(room)?.includes(user) ? "online" : undefined;
  }
}
