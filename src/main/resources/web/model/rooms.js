import { isInRoom } from "./history-page.js";
import { Model } from "./model.js";
import { newestEvents } from "./newest-events.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Recounts } from "./recounts.js";
import { Retries } from "./retries.js";
import { NOTHING_COUNTED, RecentMessages, counted, countsOf } from "./room-counts.js";
import { NO_PREFERENCES, callsOf, newest, newsOf, unproved } from "./room-preferences.js";

/** Time that the lists have to come before a copy of them is drawn. */
const SETTLE_WITHIN_MS = 1_000;

/** The rooms of the user, those the user is invited to, and the ones that were looked at; with what is unread. */
export class Rooms extends Model {
  /** @type {Map<string, any>} */
  #rooms = new Map();
  #client;
  #people;
  #retries = new Retries(() => this.#client.state === "online" && this.load());
  #recounts;
  #recent = new RecentMessages();
  /** Markers of rooms that are not known yet, the last of each. @type {Map<string, any>} */
  #early = new Map();
  /** Counts changes of the history of any room, and ends of memberships. */
  #changes = 0;
  /** Count at a room's last change: answers to requests from before it are of the old history. @type {Map<string, number>} */
  #changedAt = new Map();
  /** Count at the last change of the connection. */
  #connectedAt = 0;
  /** Changes of preferences are sent one after the other, so that the last one wins on the server too. */
  #preferring = Promise.resolve();
  /** Rooms in which something was marked as unread, of which nothing is read until they are opened again. @type {Set<string>} */
  #kept = new Set();
  loaded = false;
  /** Takes the preferences for the list of rooms, which come with the rooms. @type {(preferences: any) => void} */
  onPreferences = () => {};
  /** Whether the last try to load the rooms failed. */
  failed = false;
  /** Whether the lists have come, or cannot come for now: drawn before that, all of them would move when they come. */
  settled = false;
  /** When the rooms were as they are shown, while they are a copy of the browser's. @type {number | null} */
  copiedAt = null;
  /** Settled when the copy has come, or there is none. */
  restored = Promise.resolve();

  constructor(client, people) {
    super();
    this.#client = client;
    this.#people = people;
    this.#recounts = new Recounts(client, (room) => this.#ask(room));
    client.on("state", ({ state }) => this.#connected(state));
    client.on("room", ({ now }) => this.put(now));
    client.on("event", ({ room, event }) => this.#arrived(room, event));
    client.on("read", (marker) => (this.get(marker.room) ? this.#marked(marker) : this.#early.set(marker.room, marker)));
    client.on("preferences", (told) => told.room !== undefined && this.#preferred(told.room, told));
    client.on("left", ({ room, reason }) => this.#left(room, reason));
    client.on("reset", (reset) => this.#reset(reset));
  }

  get(room) {
    return this.#rooms.get(room) ?? null;
  }

  /** All rooms that the user is in, in no order. */
  get own() {
    return [...this.#rooms.values()].filter((room) => room.member);
  }

  get invitations() {
    return [...this.#rooms.values()]
      .filter((room) => room.membership === "invited" && !room.archived)
      .sort((one, other) => this.title(one).localeCompare(this.title(other)));
  }

  /** Whether the user is in no room at all, as far as that is known. */
  get none() {
    return this.loaded && ![...this.#rooms.values()].some((room) => room.member);
  }

  get unread() {
    return [...this.#rooms.values()].reduce((sum, room) => sum + (room.member ? newsOf(room) : 0), 0);
  }

  /** What asks for the user itself: mentions, and whatever is said in direct rooms. */
  get calls() {
    return [...this.#rooms.values()].reduce((sum, room) => sum + (room.member ? callsOf(room) : 0), 0);
  }

  /** Asks for all rooms; what changes later is told, as long as there is a connection. */
  load = oneAtATime(async () => {
    this.#retries.stop();
    const { user } = this.#client;
    const asked = this.#changes;
    const invitations = this.invitations.map((room) => room.roomId);
    try {
      const { rooms, preferences } = await this.#client.api.roomsAndPreferences({ membership: "own", archived: "any" });
      if (user === this.#client.user) {
        this.#retries.succeeded();
        this.#loaded(rooms, invitations, asked);
        this.onPreferences(preferences);
      }
    } catch (failure) {
      if (user === this.#client.user) {
        this.failed = true;
        this.#retries.failed(failure);
        this.changed();
      }
    } finally {
      this.#settle();
    }
  });

  /** A room that may not be one of the user's; null when the user may not see it. */
  async find(room) {
    // An answer that a change of the room has passed is not taken in.
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
          this.put({ roomId: room, name: room, visibility: "public", archived: false, head: 0, member: true });
        }
        break;
      }
    }
    return this.get(room);
  }

  /** Whether the server has told of a room, and not a copy. */
  isFresh(room) {
    return this.#rooms.has(room) && !this.get(room).isCopied;
  }

  /** Rooms of the user, for the copy of the browser. */
  kept(atMost) {
    return [...this.#rooms.values()].filter((room) => room.member || room.membership === "invited").slice(0, atMost);
  }

  /** Shows rooms as they were, until the server tells of them. They are not followed before. */
  restore({ at, rooms }) {
    if (!this.loaded) {
      this.copiedAt = at;
      rooms.filter(({ roomId }) => !this.#rooms.has(roomId)).forEach((room) => this.#rooms.set(room.roomId, { ...room, isCopied: true }));
      setTimeout(() => this.copiedAt !== null && this.#settle(), SETTLE_WITHIN_MS);
      this.changed();
    }
  }

  /**
   * Takes in how a room was for the user at a head, unless something newer is known, and follows it when it is the
   * user's. Its counts go up to that head.
   *
   * @param {any} room
   * @param {number} [asked] count of changes when the room was asked for
   */
  put({ read = 0, readTurn = 0, unread = 0, mentions = 0, preferences = NO_PREFERENCES, ...room }, asked = this.#changes) {
    this.#people.know(peopleOf(room));
    if (asked < (this.#changedAt.get(room.roomId) ?? 0)) {
      return this.get(room.roomId);
    }
    if (!this.isFresh(room.roomId)) {
      this.#rooms.delete(room.roomId);
    }
    this.#compare(room, asked);
    const known = this.get(room.roomId);
    if (!(known?.changedAt > room.head)) {
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
    this.#marked({ room: room.roomId, seq: read, turn: readTurn, head: room.head, unread, mentions });
    this.#takeEarly(room.roomId);
    this.#preferred(room.roomId, preferences);
    if (this.get(room.roomId).member) {
      this.#client.join(room.roomId, { since: room.head, stamp: room.headStamp });
    }
    return this.get(room.roomId);
  }

  /**
   * Forgets what was counted before the connection when the room has not come so far: then the server has lost events that only
   * its answers had told of, and nobody tells of the loss.
   */
  #compare({ roomId, head }, asked) {
    const known = this.get(roomId);
    if (known && asked >= this.#connectedAt && head < known.before) {
      this.#set(roomId, { ...NOTHING_COUNTED, before: 0, editedAt: 0 });
    }
  }

  #takeEarly(room) {
    const marker = this.#early.get(room);
    this.#early.delete(room);
    if (marker) {
      this.#marked(marker);
    }
  }

  /** Becomes a member of a public room, or of one the user is invited to. */
  async join(room) {
    await this.#client.api.becomeMember(room, this.#client.user);
    await this.#ask(room);
  }

  async #ask(room) {
    const { user } = this.#client;
    const asked = this.#changes;
    const now = await this.#client.api.room(room);
    if (user === this.#client.user) {
      this.put(now, asked);
    }
  }

  async leave(room) {
    await this.#client.leave(room);
  }

  async decline(room) {
    await this.#client.api.uninvite(room, this.#client.user);
    this.#rooms.delete(room);
    this.changed();
  }

  /** The user has read up to an event, which other clients of the user learn too. */
  read(room, seq, stamp) {
    const known = this.get(room);
    if (known?.member && seq > (known.read ?? 0) && !this.#kept.has(room)) {
      this.#marked({ room, seq, turn: known.turn, head: seq, unread: 0, mentions: 0 });
      this.#client.markRead(room, seq, stamp);
    }
  }

  /** Marks all of a room as read. @param {any} room */
  readAll({ roomId, head, headStamp }) {
    this.read(roomId, head, headStamp);
  }

  /**
   * Sets preferences of the user for a room, at once here, and takes them back when the server refuses them.
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

  /** Marks a message and all after it as unread, until the room is opened again. */
  async markUnread(room, { seq, stamp }) {
    this.#kept.add(room);
    try {
      await this.#client.markUnread(room, seq, stamp);
    } catch (failure) {
      this.#kept.delete(room);
      throw failure;
    }
  }

  /** The room is opened: what is seen of it is read. */
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

  #connected(state) {
    if (state === "online") {
      this.#connectedAt = ++this.#changes;
      this.#early.clear();
      this.#rooms.forEach((room, id) => this.#rooms.set(id, { ...room, before: room.countedTo }));
      // Another history of the server may have begun: nothing that was told before is newer than what it says now.
      this.own.forEach(({ roomId, preferences }) => this.#set(roomId, { preferences: unproved(preferences) }));
      this.load();
    } else if (state === "offline") {
      this.#settle();
    }
  }

  #settle() {
    this.settled = true;
    this.changed();
  }

  /** Invitations that were known before the lists were asked for and are not in them are none any more. */
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

  /** Rooms of a copy that the server has not listed are not the user's any more. */
  #dropCopies() {
    const gone = [...this.#rooms.values()].filter((room) => room.isCopied);
    gone.forEach((room) => this.#rooms.delete(room.roomId));
    if (gone.length > 0) {
      this.dispatchEvent(new Event("gone"));
    }
  }

  #arrived(room, event) {
    const isOthers = event.kind === "message" && event.sender !== this.#client.user && isInRoom(event);
    if (isOthers) {
      this.#recent.add(room, event);
    }
    const known = this.get(room);
    if (!known) {
      return;
    }
    const isMessage = event.kind === "message" && isInRoom(event);
    const changes = newestEvents({ head: event.seq, headStamp: event.stamp, ...(isMessage && { lastMessage: event }) }, known);
    if (isOthers && event.seq > known.countedTo) {
      Object.assign(changes, counted(known, [event], this.#client.user));
    } else if (event.kind === "edit" || event.kind === "delete") {
      Object.assign(changes, { editedAt: event.seq });
    } else if (event.kind === "room" && event.seq > known.changedAt) {
      Object.assign(changes, settingOf(event), { changedAt: event.seq });
    }
    this.#set(room, changes);
    this.#recountEdited(room, event.mentions?.includes(this.#client.user));
  }

  /**
   * Counts again when messages were edited or deleted after the event up to which they are counted: an edit may add or remove a
   * mention of the user, also of a read message, and a deleted message is not unread.
   */
  #recountEdited(room, isNamed = false) {
    const { member, unread, mentions, editedAt, countedTo } = this.get(room);
    if (member && editedAt > countedTo && (isNamed || unread > 0 || mentions > 0)) {
      void this.#recounts.add(room);
    }
  }

  /**
   * The end of a membership does not tell its seq. Answers to requests from before it are of the membership that has ended; what is
   * told or asked for from now on is of a later one.
   */
  #left(room, reason) {
    // A room beyond those that a connection may follow is the user's all the same.
    if (reason?.code !== "room.limit") {
      this.#forget(room);
      this.#set(room, { member: false, membership: undefined, role: undefined, preferences: NO_PREFERENCES, ...NOTHING_COUNTED });
    }
  }

  /** Not all that has happened up to a head will be told. From 0 all that is known is of another history. */
  #reset({ room, from, head }) {
    if (from === 0) {
      this.#forget(room);
      this.#set(room, { head, headStamp: undefined, lastMessage: undefined, read: 0, turn: 0, countedTo: 0, changedAt: 0, editedAt: 0, before: 0 });
    }
    this.load();
  }

  /**
   * The counts of a marker go up to a head; what comes after it is counted here. A marker may overtake the events that it
   * has counted, and be overtaken by one that has counted more. A higher turn is newer, also where it is further back.
   */
  #marked({ room, seq, turn = 0, head, unread, mentions }) {
    const known = this.get(room);
    const countedTo = Math.max(head, seq);
    const order = known ? turn - known.turn || seq - known.read || countedTo - known.countedTo : -1;
    if (order >= 0) {
      if (turn > known.turn) {
        // Another device may have said so.
        this.#kept.add(room);
      }
      const later = this.#recent.after(room, countedTo);
      this.#set(room, { read: seq, turn, countedTo, ...counted({ unread, mentions }, later, this.#client.user) });
      this.#recountEdited(room);
    }
  }

  /** Answers to requests from before now, and what was told of the room, count no more. */
  #forget(room) {
    this.#changedAt.set(room, ++this.#changes);
    this.#recent.forget(room);
    this.#early.delete(room);
  }

  #preferred(room, told) {
    const known = this.get(room);
    if (known?.member) {
      this.#set(room, { preferences: newest(known.preferences, told) });
    }
  }

  #set(room, changes) {
    const known = this.#rooms.get(room);
    if (known && Object.keys(changes).some((name) => known[name] !== changes[name])) {
      this.#rooms.set(room, { ...known, ...changes });
      this.changed();
    }
  }

  /** What a room is called: a direct one by the other user. */
  title(room) {
    return room.visibility === "direct" ? this.#people.name(room.peer) : room.name;
  }
}

/** What changes in a room with each message. */
const COUNTS = ["before", "changedAt", "countedTo", "editedAt", "head", "headStamp", "lastMessage", "mentions", "read", "turn", "unread"];

/** Whether nothing of a room has changed but its counts. */
export function isSameRoom(one, other) {
  const names = Object.keys(other);
  return one === other || (names.length === Object.keys(one).length && names.every((name) => one[name] === other[name] || COUNTS.includes(name)));
}

/** The users that a room names. */
function peopleOf(room) {
  return ["peer", "invitedBy"]
    .filter((member) => room[`${member}Name`] !== undefined)
    .map((member) => ({ userId: room[member], name: room[`${member}Name`], ambiguous: room[`${member}Ambiguous`] }));
}

function settingOf({ change, text }) {
  return change === "archived" || change === "unarchived" ? { archived: change === "archived" } : { [change]: text };
}
