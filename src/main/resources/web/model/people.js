import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Retries } from "./retries.js";

/** Delay before unknown names are looked up, one after the other: a list of members may bring them first. */
const LEARN_AFTER_MS = 400;
const FOUND = 10;
/** Members of a room that is not loaded; a single value, so that comparisons find no change. @type {Page.Member[]} */
const NOBODY = [];

/** Members of rooms, and names of users. */
export class People extends Model {
  #client;
  /** @type {Map<string, string>} display names, by user id */
  #names = new Map();
  /** @type {Map<string, Page.Member[]>} members by room */
  #members = new Map();
  /**
   * Loaders of the members of the rooms whose members a view has requested. @type {Map<string, () => Promise<void>>}
   */
  #loads = new Map();
  /** Pending loads of members, which may bring unknown names. @type {Set<Promise<void>>} */
  #loading = new Set();
  /** Rooms whose members could not be loaded, with their retries. @type {Map<string, Retries>} */
  #failed = new Map();
  /** Users whose names were requested, or will be. @type {Set<string>} */
  #asked = new Set();
  /** @type {string[]} */
  #toLearn = [];
  #learning = false;

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on("event", ({ roomId, event }) => event.kind === "membership" && this.#loads.get(roomId)?.());
    client.on("reset", ({ roomId }) => this.#loads.get(roomId)?.());
  }

  /** Name of a user, the id until the name is known. @param {string | null | undefined} user @returns {string} */
  name(user) {
    if (user && !this.#names.has(user) && !this.#asked.has(user)) {
      this.#asked.add(user);
      this.#toLearn.push(user);
      if (!this.#learning) {
        this.#learning = true;
        setTimeout(() => this.#learn(), LEARN_AFTER_MS);
      }
    }
    return this.#names.get(/** @type {string} */ (user)) ?? /** @type {string} */ (user);
  }

  /** Users whose id or name has a prefix. @param {string} q @returns {Promise<{userId: string, name: string}[]>} */
  async find(q, limit = FOUND) {
    const found = await this.#client.api.findUsers(q, limit);
    this.know(found);
    return found;
  }

  /** Known members of a room. The first call loads them. @param {string} room */
  members(room) {
    if (!this.#members.has(room) && !this.#failed.has(room)) {
      void this.load(room);
    }
    return this.#members.get(room) ?? NOBODY;
  }

  /** True when the members of a room could not be loaded. The load is retried. @param {string} room */
  membersFailed(room) {
    return this.#failed.has(room);
  }

  /**
   * Standing of one user in a room; undefined for a user who is not a member.
   *
   * @param {string} room
   * @param {string} user
   */
  member(room, user) {
    return this.#members.get(room)?.find((member) => member.userId === user);
  }

  /** Loads the members of a room, whose changes are followed from then on. @param {string} room */
  async load(room) {
    if (!this.#loads.has(room)) {
      this.#loads.set(
        room,
        oneAtATime(() => this.#load(room)),
      );
    }
    const loading = /** @type {() => Promise<void>} */ (this.#loads.get(room))();
    this.#loading.add(loading);
    await loading.finally(() => this.#loading.delete(loading));
  }

  /** Records the names in an answer. @param {{userId: string, name: string, ambiguous?: boolean}[]} people */
  know(people) {
    const news = people.filter((person) => this.#names.get(person.userId) !== shown(person));
    if (news.length > 0) {
      news.forEach((person) => this.#names.set(person.userId, shown(person)));
      this.changed();
    }
  }

  /**
   * Display names, for the browser's copy. @returns {[string, string][]} by user id, the newest ones
   * @param {number} atMost
   */
  kept(atMost) {
    return [...this.#names].slice(-atMost);
  }

  /** Restores names of a copy, which are used until newer ones arrive. @param {[string, string][]} names */
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

  /** @param {string} room */
  async #load(room) {
    const { userId: user } = this.#client;
    try {
      const members = await this.#client.api.members(room);
      if (user === this.#client.userId) {
        this.#members.set(room, members);
        this.#failed.get(room)?.succeeded();
        this.#failed.delete(room);
        this.know(members);
        this.changed();
      }
    } catch (failure) {
      if (user === this.#client.userId) {
        // Ids replace the names meanwhile.
        this.#failed.set(room, this.#failed.get(room) ?? new Retries(() => this.load(room)));
        this.#failed.get(room)?.failed(failure);
        this.changed();
      }
    }
  }

  async #learn() {
    while (this.#toLearn.length > 0) {
      await Promise.allSettled(this.#loading);
      const user = /** @type {string} */ (this.#toLearn.shift());
      if (!this.#names.has(user)) {
        // Ids replace the names of users who cannot be found.
        await this.find(user).catch(() => {});
      }
    }
    this.#learning = false;
  }
}

/** Display name; one that looks like another's is shown with the id. @param {Page.User} given */
function shown({ userId, name, ambiguous }) {
  return ambiguous ? `${name} (@${userId})` : name;
}
