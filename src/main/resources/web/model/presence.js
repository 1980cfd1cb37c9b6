import { Model } from "./model.js";

/** Who is here now, room by room; nothing is known without a connection. */
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

  /** How many are in a room now; undefined when that is not known. */
  count(room) {
    return this.#counts.get(room);
  }

  /** `online` when a person is in a room now, else undefined. */
  of(room, user) {
    return this.#client.present(room)?.includes(user) ? "online" : undefined;
  }
}
