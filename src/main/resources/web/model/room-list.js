import { Model } from "./model.js";
import { callsOf, isHidden, isStarred, isUnread } from "./room-preferences.js";

/** Limit of the recently opened rooms, newest first; a switcher shows no more at once. */
const MAX_RECENTS = 30;

const TITLES = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

/** Sections of the list, in their order. A room is in the first section that it fits. @type {{id: string, fits: (room: Page.Room) => boolean}[]} */
const SECTIONS = [
  { id: "archived", fits: (room) => room.archived },
  { id: "starred", fits: isStarred },
  { id: "direct", fits: (room) => room.visibility === "direct" },
  { id: "rooms", fits: () => true },
];
const SHOWN_SECTIONS = ["starred", "rooms", "direct", "archived"];

/**
 * @typedef {"recent" | "unread" | "name"} Order
 * @typedef {{id: string, folded: boolean, rooms: Page.Room[], count: number}} Section with the rooms that are shown, and the number of all
 */

/**
 * The user's list of rooms: its order and the sections that are folded, which the server stores for all devices, and
 * the rooms in that order.
 */
export class RoomList extends Model {
  /** @type {Order} */
  order = "recent";
  /** @type {Set<string>} */
  folded = new Set(["archived"]);
  /** Opened rooms, the newest first. @type {string[]} */
  recents = [];
  #client;
  #rooms;
  #revision = 0;
  /** Changes are sent one after the other, so that the last one wins on the server too. */
  #sending = Promise.resolve();
  /** Ids in the order of the last computation: an almost sorted list is sorted fast. @type {string[]} */
  #order = [];
  /** The open room keeps its place among the unread ones, or it would move while the user reads it. */
  #open = { room: /** @type {string | null} */ (null), rank: 0 };

  /** @param {Page.Client} client @param {Page.Rooms} rooms */
  constructor(client, rooms) {
    super();
    this.#client = client;
    this.#rooms = rooms;
    client.on("state", ({ state }) => this.#connected(state));
    rooms.onPreferences = (preferences) => this.#take(preferences);
    client.on("preferences", (told) => told.roomId === undefined && this.#take(/** @type {Page.ListPreferences} */ (told)));
  }

  /** All sections that have rooms, and those that are always shown, with their visible rooms. @returns {Section[]} */
  get sections() {
    /** @type {Map<string | undefined, Section>} */
    const sections = new Map(SHOWN_SECTIONS.map((id) => [id, { id, folded: this.folded.has(id), rooms: [], count: 0 }]));
    for (const room of this.#sorted()) {
      const isOpen = room.roomId === this.#open.room;
      const section = /** @type {Section} */ (sections.get(SECTIONS.find(({ fits }) => fits(room))?.id));
      if (isOpen || !isHidden(room)) {
        section.count++;
        if (isOpen || !section.folded || isUnread(room)) {
          section.rooms.push(room);
        }
      }
    }
    return [...sections.values()].filter(({ id, count }) => count > 0 || id === "rooms" || id === "direct");
  }

  /** All visible rooms, from the first to the last. */
  get shown() {
    return this.sections.flatMap(({ rooms }) => rooms);
  }

  /** All rooms of the user, the recently opened ones first, then by the newest message. */
  get byRecency() {
    const places = new Map(this.recents.map((room, place) => [room, place]));
    /** @param {Page.Room} room */
    const placeOf = (room) => places.get(room.roomId) ?? MAX_RECENTS;
    return this.#rooms.own.sort((one, other) => placeOf(one) - placeOf(other) || this.#byMessage(one, other));
  }

  /** Called when a room is opened, or none, before it is marked as read. @param {string | null} room */
  opened(room) {
    const known = room === null ? null : this.#rooms.get(room);
    this.#open = { room, rank: known ? rankOf(known) : 0 };
    if (room !== null) {
      this.recents = [room, ...this.recents.filter((other) => other !== room)].slice(0, MAX_RECENTS);
    }
    this.changed();
  }

  /** @param {Order} order @returns {Promise<void>} */
  setOrder(order) {
    return this.#change({ order }, () => (this.order = order));
  }

  /** Folds or unfolds a section. @param {string} id @returns {Promise<void>} */
  toggle(id) {
    const change = this.folded.has(id) ? { unfold: [id] } : { fold: [id] };
    return this.#change(change, () => (this.folded = new Set([...this.folded, id].filter((each) => each !== id || change.fold))));
  }

  clear() {
    this.#order = [];
    Object.assign(this, { order: "recent", folded: new Set(["archived"]), recents: [] });
    this.#revision = 0;
    this.opened(null);
  }

  /** @param {Page.ConnectionState} state */
  #connected(state) {
    if (state === "online") {
      // Another history of the server may have begun: the next preferences from the server are newer than all earlier
      // ones.
      this.#revision = 0;
    }
  }

  /** @param {Page.ListPreferences} given */
  #take({ order, folded, revision }) {
    if (revision >= this.#revision) {
      this.#revision = revision;
      Object.assign(this, { order, folded: new Set(folded) });
      this.changed();
    }
  }

  /**
   * Shows a change at once, and reverts it when the server refuses it.
   *
   * @param {{order?: Order, fold?: string[], unfold?: string[]}} changes
   * @param {() => void} apply
   */
  async #change(changes, apply) {
    const before = { order: this.order, folded: [...this.folded], revision: this.#revision };
    apply();
    this.changed();
    const sent = this.#sending.then(() => this.#client.api.changePreferences(changes));
    this.#sending = sent.catch(() => {});
    try {
      this.#take(await sent);
    } catch (failure) {
      this.#take(before);
      throw failure;
    }
  }

  #sorted() {
    const places = new Map(this.#order.map((room, place) => [room, place]));
    const rooms = this.#rooms.own.sort((one, other) => (places.get(one.roomId) ?? -1) - (places.get(other.roomId) ?? -1));
    rooms.sort((one, other) => this.#compare(one, other));
    this.#order = rooms.map((room) => room.roomId);
    return rooms;
  }

  /** @param {Page.Room} one @param {Page.Room} other */
  #compare(one, other) {
    if (this.order === "name") {
      return this.#byName(one, other);
    }
    const ranks = this.order === "unread" ? this.#rank(other) - this.#rank(one) : 0;
    return ranks || this.#byMessage(one, other);
  }

  /** @param {Page.Room} room */
  #rank(room) {
    if (room.roomId !== this.#open.room) {
      return rankOf(room);
    }
    this.#open.rank = Math.max(this.#open.rank, rankOf(room));
    return this.#open.rank;
  }

  /** @param {Page.Room} one @param {Page.Room} other */
  #byMessage(one, other) {
    const [first, second] = [one, other].map((room) => room.lastMessage?.at ?? "");
    return first < second ? 1 : first > second ? -1 : this.#byName(one, other);
  }

  /** @param {Page.Room} one @param {Page.Room} other */
  #byName(one, other) {
    return TITLES.compare(this.#rooms.title(one), this.#rooms.title(other)) || (one.roomId < other.roomId ? -1 : 1);
  }
}

/**
 * Rank of a room: messages for the user itself come before other unread ones, and these before read ones.
 *
 * @param {Page.Room} room
 */
function rankOf(room) {
  return callsOf(room) > 0 ? 2 : isUnread(room) ? 1 : 0;
}
