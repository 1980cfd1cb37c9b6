/** Users present in each room, built from the server's frames. */
export class Presence {
  /** @type {Map<string, Set<string>>} */
  #users = new Map();

  /**
   * @param {import("./protocol.js").ServerFrame} frame
   * @returns {{room: string, count: number, users: string[] | null}} present state
   */
  take({ room, count, users, arrived, departed }) {
    if (users) {
      this.#users.set(room, new Set(users));
    } else if (arrived || departed) {
      const known = this.#users.get(room);
      departed?.forEach((user) => known?.delete(user));
      arrived?.forEach((user) => known?.add(user));
    } else {
      this.#users.delete(room);
    }
    return { room, count, users: this.of(room) };
  }

  /** @param {string} room @returns {string[] | null} in order; null when they are not known */
  of(room) {
    const known = this.#users.get(room);
    return known ? [...known].sort() : null;
  }

  /** @param {string} room */
  left(room) {
    this.#users.delete(room);
  }

  lost() {
    this.#users.clear();
  }
}
