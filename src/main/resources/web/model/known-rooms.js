import { byName } from "./language.js";
import { Model } from "./model.js";
import { callsOf, newsOf } from "./room-preferences.js";

/** The rooms that the page knows: those of the user, those of the user's invitations, and other viewed ones. */
export class KnownRooms extends Model {
  /** @type {Map<string, Page.Room>} */
  #rooms = new Map();
  #people;

  /** @param {Page.People} people */
  constructor(people) {
    super();
    this.#people = people;
  }

  /** @param {string} room */
  get(room) {
    return this.#rooms.get(room) ?? null;
  }

  /** All known rooms, in the order in which they were learned. */
  get all() {
    return [...this.#rooms.values()];
  }

  /** All rooms of the user, unordered. */
  get own() {
    return this.all.filter((room) => room.membership === "joined");
  }

  get invitations() {
    return this.all.filter((room) => room.membership === "invited" && !room.archived).sort(byName((room) => this.title(room)));
  }

  get unreadCount() {
    return this.own.reduce((sum, room) => sum + newsOf(room), 0);
  }

  /** Number of messages for the user itself: mentions, and everything in direct rooms. */
  get calls() {
    return this.own.reduce((sum, room) => sum + callsOf(room), 0);
  }

  /** Title of a room: for a direct one the other user's name. @param {Page.Room} room */
  title(room) {
    return room.visibility === "direct" ? this.#people.name(room.peer) : room.name;
  }

  /** Stores a room, without a notification. @param {Page.Room} room */
  set(room) {
    this.#rooms.set(room.roomId, room);
  }

  /** Changes a room that is known. @param {string} room @param {Partial<Page.Room>} changes */
  change(room, changes) {
    const known = this.get(room);
    const names = /** @type {(keyof Page.Room)[]} */ (Object.keys(changes));
    if (known && names.some((name) => known[name] !== changes[name])) {
      this.set({ ...known, ...changes });
      this.changed();
    }
  }

  /** @param {string} room */
  remove(room) {
    this.#rooms.delete(room);
  }

  removeAll() {
    this.#rooms.clear();
  }
}
