import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Retries } from "./retries.js";

/** Unknown names are asked for one after the other, once it is clear that no list of members brings them. */
const LEARN_AFTER_MS = 400;
const FOUND = 10;
/** Members of a room that are not known; one value, for whoever compares. */
const NOBODY = [];

/** Who is in which room, and how people are called. */
export class People extends Model {
  #client;
  /** @type {Map<string, string>} names as they are shown, by user id */
  #names = new Map();
  /** @type {Map<string, any[]>} members by room */
  #members = new Map();
  /** What asks for the members of the rooms whose members somebody has looked at. @type {Map<string, () => Promise<void>>} */
  #loads = new Map();
  /** Rooms whose members could not be loaded, with the next tries. @type {Map<string, Retries>} */
  #failed = new Map();
  /** Users whose names were asked for, or will be. @type {Set<string>} */
  #asked = new Set();
  /** @type {string[]} */
  #toLearn = [];
  #learning = false;

  constructor(client) {
    super();
    this.#client = client;
    client.on("event", ({ room, event }) => event.kind === "membership" && this.#loads.get(room)?.());
    client.on("reset", ({ room }) => this.#loads.get(room)?.());
  }

  /** A person's name, its id until the name is known. */
  name(user) {
    if (user && !this.#names.has(user) && !this.#asked.has(user)) {
      this.#asked.add(user);
      this.#toLearn.push(user);
      if (!this.#learning) {
        this.#learning = true;
        setTimeout(() => this.#learn(), LEARN_AFTER_MS);
      }
    }
    return this.#names.get(user) ?? user;
  }

  /** Those whose id or name begins so. @param {string} q @returns {Promise<{userId: string, name: string}[]>} */
  async find(q) {
    const found = await this.#client.api.findUsers(q, FOUND);
    this.know(found);
    return found;
  }

  /** The members of a room as far as they are known, which the first call sees to. */
  members(room) {
    if (!this.#members.has(room) && !this.#failed.has(room)) {
      this.load(room);
    }
    return this.#members.get(room) ?? NOBODY;
  }

  /** Whether the members of a room could not be loaded. They are asked for again by and by. */
  membersFailed(room) {
    return this.#failed.has(room);
  }

  /** How one user stands in a room; undefined for none of its members. */
  member(room, user) {
    return this.#members.get(room)?.find((member) => member.userId === user);
  }

  /** Asks for the members of a room, whose changes are followed from now on. */
  async load(room) {
    if (!this.#loads.has(room)) {
      this.#loads.set(room, oneAtATime(() => this.#load(room)));
    }
    await this.#loads.get(room)();
  }

  /** Notes the names that an answer has brought. @param {{userId: string, name: string, ambiguous?: boolean}[]} people */
  know(people) {
    const news = people.filter((person) => this.#names.get(person.userId) !== shown(person));
    if (news.length > 0) {
      news.forEach((person) => this.#names.set(person.userId, shown(person)));
      this.changed();
    }
  }

  /** Names as they are shown, for the copy of the browser. @returns {[string, string][]} by user id, the newest ones */
  kept(atMost) {
    return [...this.#names].slice(-atMost);
  }

  /** Names of a copy stand in until newer ones come. @param {[string, string][]} names */
  restore(names) {
    names.filter(([user]) => !this.#names.has(user)).forEach(([user, name]) => this.#names.set(user, name));
    this.changed();
  }

  clear() {
    this.#names.clear();
    this.#members.clear();
    this.#loads.clear();
    this.#failed.forEach((retries) => retries.stop());
    this.#failed.clear();
    this.#asked.clear();
    this.#toLearn = [];
    this.changed();
  }

  async #load(room) {
    const { user } = this.#client;
    try {
      const members = await this.#client.api.members(room);
      if (user === this.#client.user) {
        this.#members.set(room, members);
        this.#failed.get(room)?.succeeded();
        this.#failed.delete(room);
        this.know(members);
        this.changed();
      }
    } catch (failure) {
      if (user === this.#client.user) {
        // Ids stand in for names meanwhile.
        this.#failed.set(room, this.#failed.get(room) ?? new Retries(() => this.load(room)));
        this.#failed.get(room)?.failed(failure);
        this.changed();
      }
    }
  }

  async #learn() {
    while (this.#toLearn.length > 0) {
      const user = this.#toLearn.shift();
      if (!this.#names.has(user)) {
        // Ids stand in for the names of those who cannot be found.
        await this.find(user).catch(() => {});
      }
    }
    this.#learning = false;
  }
}

/** A name that looks like another's comes with the id. */
function shown({ userId, name, ambiguous }) {
  return ambiguous ? `${name} (@${userId})` : name;
}
