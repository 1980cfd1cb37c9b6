import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Retries } from "./retries.js";

const AT_MOST_COUNTED = 1000;
const RECENT = 200;
/** Pause before a room is counted again, so that edits and deletes within it are counted together. */
const RECOUNT_MS = 500;
/** Pause after which a count that failed is tried again. */
const RECOUNT_AGAIN_MS = 5_000;

/** The rooms of the user, those the user is invited to, and the ones that were looked at; with what is unread. */
export class Rooms extends Model {
  /** @type {Map<string, any>} */
  #rooms = new Map();
  /** Ids of each list's rooms in their order, until that may be another one. @type {Map<string, string[]>} */
  #lists = new Map();
  /** Version of the people by whose names the lists are in order. */
  #orderedBy = 0;
  #client;
  #people;
  #retries = new Retries(() => this.#client.state === "online" && this.load());
  /** Functions that fetch the counts of a room again, by room. @type {Map<string, () => Promise<void>>} */
  #recounts = new Map();
  /** Others' messages that came live, newest last, to count those after a read marker. @type {Map<string, any[]>} */
  #recent = new Map();
  /** Counts changes of the history of any room. */
  #changes = 0;
  /** Count at a room's last change: answers to requests from before it are of the old history. @type {Map<string, number>} */
  #changedAt = new Map();
  loaded = false;
  /** Whether the last try to load the rooms failed. */
  failed = false;
  /** Whether the lists have come, or cannot come for now: drawn before that, all of them would move when they come. */
  settled = false;

  constructor(client, people) {
    super();
    this.#client = client;
    this.#people = people;
    client.on("state", ({ state }) => this.#connected(state));
    client.on("room", ({ now }) => this.put(now));
    client.on("event", ({ room, event }) => this.#arrived(room, event));
    client.on("read", (marker) => this.#marked(marker));
    client.on("left", ({ room }) => this.#left(room));
    client.on("reset", (reset) => this.#reset(reset));
  }

  get(room) {
    return this.#rooms.get(room) ?? null;
  }

  get mine() {
    return this.#list("mine", (room) => room.member && room.visibility !== "direct" && !room.archived);
  }

  get archived() {
    return this.#list("archived", (room) => room.member && room.archived);
  }

  get direct() {
    return this.#list("direct", (room) => room.member && room.visibility === "direct");
  }

  get invitations() {
    return this.#list("invitations", (room) => room.membership === "invited");
  }

  /** Whether the user is in no room at all, as far as that is known. */
  get none() {
    return this.loaded && ![...this.#rooms.values()].some((room) => room.member);
  }

  get unread() {
    return [...this.#rooms.values()].reduce((sum, room) => sum + (room.member ? room.unread : 0), 0);
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
      const lists = await Promise.all([
        this.#client.api.rooms({ membership: "joined" }),
        this.#client.api.rooms({ membership: "joined", archived: true }),
        this.#client.api.rooms({ membership: "invited" }),
      ]);
      if (user === this.#client.user) {
        this.#retries.succeeded();
        this.#loaded(lists.flat(), invitations, asked);
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
    if (!this.#rooms.has(room)) {
      const asked = this.#changes;
      try {
        this.put(await this.#client.api.room(room), asked);
      } catch (failure) {
        if (!failure.retryable) {
          return null;
        }
        this.put({ roomId: room, name: room, visibility: "public", archived: false, head: 0, member: true });
      }
    }
    return this.get(room);
  }

  /**
   * Takes in how a room was for the user at a head, unless something newer is known, and follows it when it is the
   * user's. Its counts go up to that head.
   *
   * @param {any} room
   * @param {number} [asked] count of changed histories when the room was asked for
   */
  put({ read = 0, unread = 0, mentions = 0, ...room }, asked = this.#changes) {
    this.#people.know(peopleOf(room));
    const known = this.get(room.roomId);
    if (known && asked < (this.#changedAt.get(room.roomId) ?? 0)) {
      return known;
    }
    if (!(known?.changedAt > room.head)) {
      this.#replace(room.roomId, {
        ...room,
        read: known?.read ?? 0,
        unread: known?.unread ?? 0,
        mentions: known?.mentions ?? 0,
        countedTo: known?.countedTo ?? 0,
        head: Math.max(room.head, known?.head ?? 0),
        changedAt: room.head,
      });
    }
    this.#marked({ room: room.roomId, seq: read, head: room.head, unread, mentions });
    if (this.get(room.roomId).member) {
      this.#client.join(room.roomId, { since: room.head, stamp: room.headStamp });
    }
    return this.get(room.roomId);
  }

  /** Becomes a member of a public room, or of one the user is invited to. */
  async join(room) {
    await this.#client.api.becomeMember(room, this.#client.user);
    const asked = this.#changes;
    this.put(await this.#client.api.room(room), asked);
  }

  async leave(room) {
    await this.#client.leave(room);
  }

  async decline(room) {
    await this.#client.api.uninvite(room, this.#client.user);
    this.#delete(room);
  }

  /** The user has read up to an event, which other clients of the user learn too. */
  read(room, seq, stamp) {
    const known = this.get(room);
    if (known?.member && seq > (known.read ?? 0)) {
      this.#marked({ room, seq, head: seq, unread: 0, mentions: 0 });
      this.#client.markRead(room, seq, stamp);
    }
  }

  clear() {
    this.#retries.stop();
    this.#rooms.clear();
    this.#lists.clear();
    this.#recent.clear();
    this.#changedAt.clear();
    this.#recounts.clear();
    Object.assign(this, { loaded: false, failed: false, settled: false });
    this.changed();
  }

  #connected(state) {
    if (state === "online") {
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
        this.#delete(room);
      }
    }
    Object.assign(this, { loaded: true, failed: false });
    this.changed();
  }

  #arrived(room, event) {
    const isOthers = event.kind === "message" && event.sender !== this.#client.user;
    if (isOthers) {
      this.#noteRecent(room, event);
    }
    const known = this.get(room);
    if (!known) {
      return;
    }
    const changes = { head: Math.max(known.head, event.seq) };
    if (isOthers && event.seq > known.countedTo) {
      Object.assign(changes, this.#counted(known, [event]));
    } else if (event.kind === "room" && event.seq > known.changedAt) {
      Object.assign(changes, settingOf(event), { changedAt: event.seq });
    }
    this.#set(room, changes);
    if (this.#changesCounts(known, event)) {
      this.#recount(room);
    }
  }

  /** An edit may add or remove a mention of the user, also of a read message; a deleted message is not unread. */
  #changesCounts(known, event) {
    const isChange = event.kind === "edit" || event.kind === "delete";
    const counted = known.unread > 0 || known.mentions > 0;
    return known.member && isChange && (counted || event.mentions?.includes(this.#client.user));
  }

  /** Asks the server for the counts: it alone knows which messages are counted. */
  async #recount(room) {
    const { user } = this.#client;
    if (!this.#recounts.has(room)) {
      this.#recounts.set(room, oneAtATime(async () => {
        await new Promise((waited) => setTimeout(waited, RECOUNT_MS));
        const asked = this.#changes;
        const now = await this.#client.api.room(room);
        if (user === this.#client.user) {
          this.put(now, asked);
        }
      }));
    }
    await this.#recounts.get(room)().catch((failure) => {
      // Without a connection, the lists that are loaded with the next one have the counts.
      if (failure.retryable && user === this.#client.user && this.#client.state === "online") {
        setTimeout(() => this.#recount(room), RECOUNT_AGAIN_MS);
      }
    });
  }

  /** The end of a membership is an event after all that has come of it. */
  #left(room) {
    const known = this.get(room);
    if (known) {
      this.#set(room, { member: false, membership: undefined, role: undefined, changedAt: known.head + 1 });
    }
  }

  /** Not all that has happened up to a head will be told. From 0 all that is known is of another history. */
  #reset({ room, from, head }) {
    if (from === 0) {
      this.#changedAt.set(room, ++this.#changes);
      this.#recent.delete(room);
      this.#set(room, { head, read: 0, countedTo: 0, changedAt: 0 });
    }
    this.load();
  }

  /**
   * The counts of a marker go up to a head; what comes after it is counted here. A marker may overtake the events that it
   * has counted, and be overtaken by one that has counted more.
   */
  #marked({ room, seq, head, unread, mentions }) {
    const known = this.get(room);
    const countedTo = Math.max(head, seq);
    if (known && (seq > known.read || (seq === known.read && countedTo >= known.countedTo))) {
      const later = (this.#recent.get(room) ?? []).filter((event) => event.seq > countedTo);
      this.#set(room, { read: seq, countedTo, ...this.#counted({ unread, mentions }, later) });
    }
  }

  #counted({ unread, mentions }, events) {
    const calls = events.filter((event) => event.mentions?.includes(this.#client.user));
    return {
      unread: Math.min(unread + events.length, AT_MOST_COUNTED),
      mentions: Math.min(mentions + calls.length, AT_MOST_COUNTED),
    };
  }

  #noteRecent(room, event) {
    this.#recent.set(room, [...(this.#recent.get(room) ?? []).slice(-RECENT), event]);
  }

  #set(room, changes) {
    const known = this.#rooms.get(room);
    if (known && Object.keys(changes).some((name) => known[name] !== changes[name])) {
      this.#replace(room, { ...known, ...changes });
    }
  }

  #replace(room, now) {
    const before = this.#rooms.get(room);
    if (!before || !isSameRoom(before, now)) {
      this.#lists.clear();
    }
    this.#rooms.set(room, now);
    this.changed();
  }

  #delete(room) {
    this.#lists.clear();
    this.#rooms.delete(room);
    this.changed();
  }

  #list(name, fits) {
    if (this.#orderedBy !== this.#people.version) {
      this.#lists.clear();
      this.#orderedBy = this.#people.version;
    }
    const ids = this.#lists.get(name) ?? this.#sorted(fits);
    this.#lists.set(name, ids);
    return ids.map((room) => this.#rooms.get(room));
  }

  #sorted(fits) {
    return [...this.#rooms.values()]
      .filter(fits)
      .sort((one, other) => this.title(one).localeCompare(this.title(other)))
      .map((room) => room.roomId);
  }

  /** What a room is called: a direct one by the other user. */
  title(room) {
    return room.visibility === "direct" ? this.#people.name(room.peer) : room.name;
  }
}

/** What changes in a room with each message. */
const COUNTS = ["changedAt", "countedTo", "head", "headStamp", "mentions", "read", "unread"];

/** Whether nothing of a room has changed but its counts. */
export function isSameRoom(one, other) {
  const names = Object.keys(other);
  return one === other || (names.length === Object.keys(one).length && names.every((name) => one[name] === other[name] || COUNTS.includes(name)));
}

/** True when the user has something to look at: an edit of a message that was read can mention it. */
export function isUnread(room) {
  return room.unread > 0 || room.mentions > 0;
}

/** How many messages of a room ask for the user itself. */
export function callsOf(room) {
  return room.visibility === "direct" ? room.unread : room.mentions;
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
