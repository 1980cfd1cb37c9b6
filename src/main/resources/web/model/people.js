import { Model } from "./model.js";

/** Who is in which room, and how people are called. */
export class People extends Model {
  #client;
  /** @type {Map<string, string>} names by user id */
  #names = new Map();
  /** @type {Map<string, any[]>} members by room */
  #members = new Map();
  /** @type {Set<string>} */
  #loading = new Set();

  constructor(client) {
    super();
    this.#client = client;
  }

  /** A person's name, its id until the name is known. */
  name(user) {
    return this.#names.get(user) ?? user;
  }

  /** Everybody whose name is known. @returns {{userId: string, name: string}[]} */
  get known() {
    return [...this.#names].map(([userId, name]) => ({ userId, name }));
  }

  /** The members of a room as far as they are known, which the first call sees to. */
  members(room) {
    if (!this.#members.has(room)) {
      this.load(room);
    }
    return this.#members.get(room) ?? [];
  }

  /** How one user stands in a room; undefined for none of its members. */
  member(room, user) {
    return this.#members.get(room)?.find((member) => member.userId === user);
  }

  membershipChanged(room) {
    if (this.#members.has(room)) {
      this.load(room);
    }
  }

  async load(room) {
    if (this.#loading.has(room)) {
      return;
    }
    this.#loading.add(room);
    try {
      const members = await this.#client.api.members(room);
      this.#members.set(room, members);
      members.forEach(({ userId, name }) => this.#names.set(userId, name));
      this.changed();
    } catch {
      // Ids stand in for names until the next look.
    } finally {
      this.#loading.delete(room);
    }
  }

  clear() {
    this.#names.clear();
    this.#members.clear();
    this.changed();
  }
}
