/** Users present in each room, built from the server's frames. */
export class Presence {
  /** @type {Map<string, Set<string>>} */
  #users = new Map();

  /**
   * @param {import("./protocol.js").ServerFrame} frame
   * @returns {{roomId: string, count: number, userIds: string[] | null}} present state
   */
  take({ roomId, count, userIds, arrived, departed }) {
    if (userIds) {
      this.#users.set(roomId, new Set(userIds));
    } else if (arrived || departed) {
      const known = this.#users.get(roomId);
      departed?.forEach((user) => known?.delete(user));
      arrived?.forEach((user) => known?.add(user));
    } else {
      this.#users.delete(roomId);
    }
    return { roomId, count, userIds: this.of(roomId) };
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
