import { isInRoom } from "./history-page.js";
import { Model } from "./model.js";
import { newestEvents } from "./newest-events.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Recounts } from "./recounts.js";
import { Retries } from "./retries.js";
import { NOTHING_COUNTED, RecentMessages, counted, countsOf } from "./room-counts.js";
import { NO_PREFERENCES, callsOf, newest, newsOf, unproved } from "./room-preferences.js";
import { byName } from "./language.js";

/** Time for the lists to arrive before a copy of them is drawn. */
const SETTLE_WITHIN_MS = 1_000;

/** The rooms of the user, those of the user's invitations, and other viewed ones; with their unread counts. */
export class Rooms extends Model {
  /** @type {Map<string, Page.Room>} */
  #rooms = new Map();
  #client;
  #people;
  #retries = new Retries(() => this.#client.state === "online" && this.load());
  #recounts;
  #recent = new RecentMessages();
  /** Read markers of rooms that are not known yet, the last of each. @type {Map<string, Page.ReadMarker>} */
  #early = new Map();
  /** Number of changes of any room's history, and of ends of memberships. */
  #changes = 0;
  /**
   * Value of #changes at a room's last change: answers to earlier requests belong to the old history. @type {Map<string,
   * number>}
   */
  #changedAt = new Map();
  /** Value of #changes at the last change of the connection. */
  #connectedAt = 0;
  /** Changes of preferences are sent one after the other, so that the last one wins on the server too. */
  #preferring = Promise.resolve();
  /**
   * Rooms in which the user marked something as unread; nothing of them is marked as read until they are opened again.
   * @type {Set<string>}
   */
  #kept = new Set();
  loaded = false;
  /** Receives the preferences for the list of rooms, which arrive with the rooms. @type {(preferences: Page.ListPreferences) => void} */
  onPreferences = () => {};
  /** True when the last load of the rooms failed. */
  failed = false;
  /**
   * True once the lists have arrived, or cannot arrive for now: if drawn before that, they would all move on arrival.
   */
  settled = false;
  /** Time of the shown rooms while they are a copy of the browser's. @type {number | null} */
  copiedAt = null;
  /** Settled when the copy is restored, or there is none. */
  restored = Promise.resolve();

  /** @param {Page.Client} client @param {Page.People} people */
  constructor(client, people) {
    super();
    this.#client = client;
    this.#people = people;
    this.#recounts = new Recounts(client, (room) => this.#ask(room));
    client.on("state", ({ state }) => this.#connected(state));
    client.on("room", ({ room }) => this.put(room));
    client.on("event", ({ roomId, event }) => this.#arrived(roomId, event));
    client.on("readMarker", (marker) =>
      this.get(marker.roomId) ? this.#marked(marker) : this.#early.set(marker.roomId, marker),
    );
    client.on(
      "preferences",
      (told) => told.roomId !== undefined && this.#preferred(told.roomId, /** @type {any} the form depends on the room */ (told)),
    );
    client.on("left", ({ roomId, reason }) => this.#left(roomId, reason));
    client.on("reset", (reset) => this.#reset(reset));
  }

  /** @param {string} room */
  get(room) {
    return this.#rooms.get(room) ?? null;
  }

  /** All rooms of the user, unordered. */
  get own() {
    return [...this.#rooms.values()].filter((room) => room.membership === "joined");
  }

  get invitations() {
    return [...this.#rooms.values()]
      .filter((room) => room.membership === "invited" && !room.archived)
      .sort(byName((room) => this.title(room)));
  }

  /** True when the user is known to be in no room. */
  get none() {
    return this.loaded && ![...this.#rooms.values()].some((room) => room.membership === "joined");
  }

  get unreadCount() {
    return [...this.#rooms.values()].reduce((sum, room) => sum + (room.membership === "joined" ? newsOf(room) : 0), 0);
  }

  /** Number of messages for the user itself: mentions, and everything in direct rooms. */
  get calls() {
    return [...this.#rooms.values()].reduce((sum, room) => sum + (room.membership === "joined" ? callsOf(room) : 0), 0);
  }

  /** Loads all rooms; later changes arrive by the connection. */
  load = oneAtATime(async () => {
    this.#retries.stop();
    const { userId: user } = this.#client;
    const asked = this.#changes;
    const invitations = this.invitations.map((room) => room.roomId);
    try {
      const { rooms, preferences } = await this.#client.api.roomsAndPreferences({ membership: "own", archived: "any" });
      if (user === this.#client.userId) {
        this.#retries.succeeded();
        this.#loaded(rooms, invitations, asked);
        this.onPreferences(preferences);
      }
    } catch (failure) {
      if (user === this.#client.userId) {
        this.failed = true;
        this.#retries.failed(failure);
        this.changed();
      }
    } finally {
      this.#settle();
    }
  });

  /** A room that may not be one of the user's; null when it is hidden from the user. @param {string} room */
  async find(room) {
    // An answer that is older than a change of the room is dropped.
    while (!this.isFresh(room)) {
      const asked = this.#changes;
      try {
        this.put(await this.#client.api.room(room), asked);
      } catch (failure) {
        if (!failure.retryable) {
          return null;
        }
        await this.restored;
        if (!this.#rooms.has(room)) {
          this.put(
            /** @type {Page.RoomAnswer} */ ({
              roomId: room,
              name: room,
              visibility: "public",
              archived: false,
              head: 0,
              membership: "joined",
            }),
          );
        }
        break;
      }
    }
    return this.get(room);
  }

  /** True when the room's state is from the server, and not from a copy. @param {string} room */
  isFresh(room) {
    return this.#rooms.has(room) && !this.get(room)?.isCopied;
  }

  /** Rooms of the user, for the browser's copy. @param {number} atMost */
  kept(atMost) {
    return [...this.#rooms.values()]
      .filter((room) => room.membership === "joined" || room.membership === "invited")
      .slice(0, atMost);
  }

  /**
   * Shows stored rooms until the server sends them. They are not followed before.
   *
   * @param {{at: number, rooms: Page.Room[]}} copy
   */
  restore({ at, rooms }) {
    if (!this.loaded) {
      this.copiedAt = at;
      rooms
        .filter(({ roomId }) => !this.#rooms.has(roomId))
        .forEach((room) => this.#rooms.set(room.roomId, { ...room, isCopied: true }));
      setTimeout(() => this.copiedAt !== null && this.#settle(), SETTLE_WITHIN_MS);
      this.changed();
    }
  }

  /**
   * Stores the state of a room at a head, unless something newer is known, and follows the room when it is the user's.
   * Its counts go up to that head.
   *
   * @param {Page.RoomAnswer} room
   * @param {number} [asked] number of changes at the time of the request
   */
  put(
    { readTo = 0, readTurn = 0, unreadCount = 0, mentionCount = 0, preferences = NO_PREFERENCES, ...room },
    asked = this.#changes,
  ) {
    this.#people.know(peopleOf(room));
    if (asked < (this.#changedAt.get(room.roomId) ?? 0)) {
      return this.get(room.roomId);
    }
    if (!this.isFresh(room.roomId)) {
      this.#rooms.delete(room.roomId);
    }
    this.#compare(room, asked);
    const known = this.get(room.roomId);
    if (!(known && known.changedAt > room.head)) {
      this.#rooms.set(room.roomId, {
        ...room,
        ...countsOf(known, readTurn),
        before: known?.before ?? 0,
        ...newestEvents(room, known),
        preferences: known?.preferences ?? NO_PREFERENCES,
        changedAt: room.head,
      });
      this.changed();
    }
    this.#marked({ roomId: room.roomId, readTo, readTurn, head: room.head, unreadCount, mentionCount });
    this.#takeEarly(room.roomId);
    this.#preferred(room.roomId, preferences);
    if (this.get(room.roomId)?.membership === "joined") {
      this.#client.join(room.roomId, { since: room.head, stamp: room.headStamp });
    }
    return this.get(room.roomId);
  }

  /**
   * Drops the counts from before the connection when the room's head is lower: then the server has lost events that
   * only its answers had shown, and no frame reports the loss.
   *
   * @param {Pick<Page.Room, "roomId" | "head">} given
   * @param {number} asked
   */
  #compare({ roomId, head }, asked) {
    const known = this.get(roomId);
    if (known && asked >= this.#connectedAt && head < known.before) {
      this.#set(roomId, { ...NOTHING_COUNTED, before: 0, editedAt: 0 });
    }
  }

  /** @param {string} room */
  #takeEarly(room) {
    const marker = this.#early.get(room);
    this.#early.delete(room);
    if (marker) {
      this.#marked(marker);
    }
  }

  /** Joins a public room, or one that the user is invited to. @param {string} room */
  async join(room) {
    await this.#client.api.becomeMember(room, /** @type {string} */ (this.#client.userId));
    await this.#ask(room);
  }

  /** @param {string} room */
  async #ask(room) {
    const { userId: user } = this.#client;
    const asked = this.#changes;
    const now = await this.#client.api.room(room);
    if (user === this.#client.userId) {
      this.put(now, asked);
    }
  }

  /** @param {string} room */
  async leave(room) {
    await this.#client.leave(room);
  }

  /** @param {string} room */
  async decline(room) {
    await this.#client.api.uninvite(room, /** @type {string} */ (this.#client.userId));
    this.#rooms.delete(room);
    this.changed();
  }

  /**
   * Marks a room as read up to an event, for all clients of the user.
   *
   * @param {string} room
   * @param {number} seq
   * @param {string | undefined} stamp
   */
  read(room, seq, stamp) {
    const known = this.get(room);
    if (known?.membership === "joined" && seq > (known.readTo ?? 0) && !this.#kept.has(room)) {
      this.#marked({ roomId: room, readTo: seq, readTurn: known.readTurn, head: seq, unreadCount: 0, mentionCount: 0 });
      this.#client.markRead(room, seq, stamp);
    }
  }

  /** Marks all of a room as read. @param {Page.Room} room */
  readAll({ roomId, head, headStamp }) {
    this.read(roomId, head, headStamp);
  }

  /**
   * Sets preferences of the user for a room, at once here, and reverts them when the server refuses them.
   *
   * @param {string} room
   * @param {{starred?: boolean, notifications?: "all" | "mentions" | "none", hiddenTo?: number}} changes
   */
  async prefer(room, changes) {
    const before = this.get(room)?.preferences ?? NO_PREFERENCES;
    this.#set(room, { preferences: { ...before, ...changes } });
    const sent = this.#preferring.then(() => this.#client.api.changeRoomPreferences(room, changes));
    this.#preferring = sent.catch(() => {});
    try {
      this.#preferred(room, await sent);
    } catch (failure) {
      this.#preferred(room, before);
      throw failure;
    }
  }

  /**
   * Marks a message and all after it as unread, until the room is opened again.
   *
   * @param {string} room
   * @param {{seq: number, stamp: string}} other
   */
  async markUnread(room, { seq, stamp }) {
    this.#kept.add(room);
    try {
      await this.#client.markUnread(room, seq, stamp);
    } catch (failure) {
      this.#kept.delete(room);
      throw failure;
    }
  }

  /** Called when the room is opened: what the user sees is then marked as read. @param {string} room */
  opened(room) {
    this.#kept.delete(room);
  }

  clear() {
    this.#retries.stop();
    this.#kept.clear();
    this.#rooms.clear();
    this.#recent.clear();
    this.#early.clear();
    this.#changedAt.clear();
    this.#recounts.clear();
    Object.assign(this, { loaded: false, failed: false, settled: false, copiedAt: null });
    this.changed();
  }

  /** @param {Page.ConnectionState} state */
  #connected(state) {
    if (state === "online") {
      this.#connectedAt = ++this.#changes;
      this.#early.clear();
      this.#rooms.forEach((room, id) => this.#rooms.set(id, { ...room, before: room.countedTo }));
      // Another history of the server may have begun: the next preferences from the server are newer than all earlier
      // ones.
      this.own.forEach(({ roomId, preferences }) => this.#set(roomId, { preferences: unproved(preferences) }));
      void this.load();
    } else if (state === "offline") {
      this.#settle();
    }
  }

  #settle() {
    this.settled = true;
    this.changed();
  }

  /**
   * Removes invitations that were known before the lists were requested and are not in them.
   *
   * @param {Page.RoomAnswer[]} rooms
   * @param {string[]} invitations
   * @param {number} asked
   */
  #loaded(rooms, invitations, asked) {
    const listed = new Set(rooms.map((room) => room.roomId));
    rooms.forEach((room) => this.put(room, asked));
    for (const room of invitations) {
      if (this.get(room)?.membership === "invited" && !listed.has(room)) {
        this.#rooms.delete(room);
      }
    }
    Object.assign(this, { loaded: true, failed: false, copiedAt: null });
    this.#dropCopies();
    this.changed();
  }

  /** Removes rooms of a copy that the server has not listed. */
  #dropCopies() {
    const gone = [...this.#rooms.values()].filter((room) => room.isCopied);
    gone.forEach((room) => this.#rooms.delete(room.roomId));
    if (gone.length > 0) {
      this.dispatchEvent(new Event("gone"));
    }
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #arrived(room, event) {
    const isOthers = event.kind === "message" && event.sender !== this.#client.userId && isInRoom(event);
    if (isOthers) {
      this.#recent.add(room, event);
    }
    const known = this.get(room);
    if (!known) {
      return;
    }
    const isMessage = event.kind === "message" && isInRoom(event);
    /** @type {Partial<Page.Room>} */
    const changes = newestEvents({ head: event.seq, headStamp: event.stamp, ...(isMessage && { lastMessage: event }) }, known);
    if (isOthers && event.seq > known.countedTo) {
      Object.assign(changes, counted(known, [event], this.#client.userId));
    } else if (event.kind === "edit" || event.kind === "delete") {
      Object.assign(changes, { editedAt: event.seq });
    } else if (event.kind === "room" && event.seq > known.changedAt) {
      Object.assign(changes, settingOf(event), { changedAt: event.seq });
    }
    this.#set(room, changes);
    this.#recountEdited(room, event.mentions?.includes(/** @type {string} */ (this.#client.userId)));
  }

  /**
   * Recounts when messages were edited or deleted after the event up to which they are counted: an edit may add or
   * remove a mention of the user, also of a read message, and a deleted message is not unread.
   *
   * @param {string} room
   */
  #recountEdited(room, isNamed = false) {
    const { membership, unreadCount, mentionCount, editedAt, countedTo } = /** @type {Page.Room} */ (this.get(room));
    if (membership === "joined" && editedAt > countedTo && (isNamed || unreadCount > 0 || mentionCount > 0)) {
      void this.#recounts.add(room);
    }
  }

  /**
   * Handles the end of a membership, which has no seq. Answers to earlier requests belong to the ended membership;
   * later frames and requests to a new one.
   *
   * @param {string} room
   * @param {Page.Failure | null} reason
   */
  #left(room, reason) {
    // A room beyond the limit of followed rooms is still the user's.
    if (reason?.code !== "room.limit") {
      this.#forget(room);
      this.#set(room, { membership: undefined, role: undefined, preferences: NO_PREFERENCES, ...NOTHING_COUNTED });
    }
  }

  /**
   * Handles a reset: not all events up to a head will arrive. Since 0 everything known is of another history.
   *
   * @param {{roomId: string, since: number, head: number}} given
   */
  #reset({ roomId, since, head }) {
    if (since === 0) {
      this.#forget(roomId);
      this.#set(roomId, {
        head,
        headStamp: undefined,
        lastMessage: undefined,
        readTo: 0,
        readTurn: 0,
        countedTo: 0,
        changedAt: 0,
        editedAt: 0,
        before: 0,
      });
    }
    void this.load();
  }

  /**
   * Applies a read marker. Its counts go up to a head; later messages are counted here. A marker may arrive before the
   * events that it has counted, and after a marker that has counted more. A marker with a higher readTurn is newer, even if
   * it is further back.
   *
   * @param {Page.ReadMarker} given
   */
  #marked({ roomId, readTo, readTurn = 0, head, unreadCount, mentionCount }) {
    const known = this.get(roomId);
    const countedTo = Math.max(head, readTo);
    const order = known ? readTurn - known.readTurn || readTo - known.readTo || countedTo - known.countedTo : -1;
    if (known && order >= 0) {
      if (readTurn > known.readTurn) {
        // Another device may have done it.
        this.#kept.add(roomId);
      }
      const later = this.#recent.after(roomId, countedTo);
      const counts = counted({ unreadCount, mentionCount }, later, this.#client.userId);
      this.#set(roomId, { readTo, readTurn, countedTo, ...counts });
      this.#recountEdited(roomId);
    }
  }

  /** Drops what is known of a room; answers to earlier requests are ignored. @param {string} room */
  #forget(room) {
    this.#changedAt.set(room, ++this.#changes);
    this.#recent.forget(room);
    this.#early.delete(room);
  }

  /** @param {string} room @param {Page.RoomPreferences} told */
  #preferred(room, told) {
    const known = this.get(room);
    if (known?.membership === "joined") {
      this.#set(room, { preferences: newest(known.preferences, told) });
    }
  }

  /** @param {string} room @param {Partial<Page.Room>} changes */
  #set(room, changes) {
    const known = this.#rooms.get(room);
    const names = /** @type {(keyof Page.Room)[]} */ (Object.keys(changes));
    if (known && names.some((name) => known[name] !== changes[name])) {
      this.#rooms.set(room, { ...known, ...changes });
      this.changed();
    }
  }

  /** Title of a room: for a direct one the other user's name. @param {Page.Room} room */
  title(room) {
    return room.visibility === "direct" ? this.#people.name(room.peer) : room.name;
  }
}

/** Fields of a room that change with each message. */
const COUNTS = [
  "before",
  "changedAt",
  "countedTo",
  "editedAt",
  "head",
  "headStamp",
  "lastMessage",
  "mentionCount",
  "readTo",
  "readTurn",
  "unreadCount",
];

/** True when nothing of a room has changed but its counts. @param {Page.Room} one @param {Page.Room} other */
export function isSameRoom(one, other) {
  const names = /** @type {(keyof Page.Room)[]} */ (Object.keys(other));
  return (
    one === other ||
    (names.length === Object.keys(one).length && names.every((name) => one[name] === other[name] || COUNTS.includes(name)))
  );
}

/** The users that a room names. @param {Record<string, any>} room of whom it has three fields each @returns {Page.User[]} */
function peopleOf(room) {
  return ["peer", "invitedBy"]
    .filter((member) => room[`${member}Name`] !== undefined)
    .map((member) => ({ userId: room[member], name: room[`${member}Name`], ambiguous: room[`${member}Ambiguous`] }));
}

/** @param {Page.RoomEvent} event @returns {Partial<Page.Room>} */
function settingOf({ change, text }) {
  return change === "archived" || change === "unarchived"
    ? { archived: change === "archived" }
    : { [/** @type {string} */ (change)]: text };
}
