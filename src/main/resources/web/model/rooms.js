import { isInRoom } from "./history-page.js";
import { KnownRooms } from "./known-rooms.js";
import { newestEvents } from "./newest-events.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Retries } from "./retries.js";
import { NOTHING_COUNTED, countsOf } from "./room-counts.js";
import { NO_PREFERENCES, newest, unproved } from "./room-preferences.js";
import { RoomReading } from "./room-reading.js";

/** Time for the lists to arrive before a copy of them is drawn. */
const SETTLE_WITHIN_MS = 1_000;

/** Rooms as the server has them: loaded, kept up to date by live events and frames, and changed by the user. */
export class Rooms extends KnownRooms {
  #client;
  #people;
  #retries = new Retries(() => this.#client.state === "online" && this.load());
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
    super(people);
    this.#client = client;
    this.#people = people;
    this.reading = new RoomReading(this, client, (room) => this.#ask(room));
    client.on("state", ({ state }) => this.#connected(state));
    client.on("room", ({ room }) => this.put(room));
    client.on("event", ({ roomId, event }) => this.#arrived(roomId, event));
    client.on(
      "preferences",
      (told) => told.roomId !== undefined && this.#preferred(told.roomId, /** @type {any} the form depends on the room */ (told)),
    );
    client.on("left", ({ roomId, reason }) => this.#left(roomId, reason));
    client.on("reset", (reset) => this.#reset(reset));
  }

  /** True when the user is known to be in no room. */
  get none() {
    return this.loaded && this.own.length === 0;
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
        if (!this.get(room)) {
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
    const known = this.get(room);
    return known !== null && !known.isCopied;
  }

  /** Rooms of the user, for the browser's copy. @param {number} atMost */
  kept(atMost) {
    return this.all.filter((room) => room.membership === "joined" || room.membership === "invited").slice(0, atMost);
  }

  /**
   * Shows stored rooms until the server sends them. They are not followed before.
   *
   * @param {{at: number, rooms: Page.Room[]}} copy
   */
  restore({ at, rooms }) {
    if (!this.loaded) {
      this.copiedAt = at;
      rooms.filter(({ roomId }) => !this.get(roomId)).forEach((room) => this.set({ ...room, isCopied: true }));
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
      this.remove(room.roomId);
    }
    this.#compare(room, asked);
    const known = this.get(room.roomId);
    if (!(known && known.changedAt > room.head)) {
      this.set({
        ...room,
        ...countsOf(known, readTurn),
        before: known?.before ?? 0,
        ...newestEvents(room, known),
        preferences: known?.preferences ?? NO_PREFERENCES,
        changedAt: room.head,
      });
      this.changed();
    }
    this.reading.loaded({ roomId: room.roomId, readTo, readTurn, head: room.head, unreadCount, mentionCount });
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
      this.change(roomId, { ...NOTHING_COUNTED, before: 0, editedAt: 0 });
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
    this.remove(room);
    this.changed();
  }

  /**
   * Sets preferences of the user for a room, at once here, and reverts them when the server refuses them.
   *
   * @param {string} room
   * @param {{starred?: boolean, notifications?: "all" | "mentions" | "none", hiddenTo?: number}} changes
   */
  async prefer(room, changes) {
    const before = this.get(room)?.preferences ?? NO_PREFERENCES;
    this.change(room, { preferences: { ...before, ...changes } });
    const sent = this.#preferring.then(() => this.#client.api.changeRoomPreferences(room, changes));
    this.#preferring = sent.catch(() => {});
    try {
      this.#preferred(room, await sent);
    } catch (failure) {
      this.#preferred(room, before);
      throw failure;
    }
  }

  clear() {
    this.#retries.stop();
    this.removeAll();
    this.reading.clear();
    this.#changedAt.clear();
    Object.assign(this, { loaded: false, failed: false, settled: false, copiedAt: null });
    this.changed();
  }

  /** @param {Page.ConnectionState} state */
  #connected(state) {
    if (state === "online") {
      this.#connectedAt = ++this.#changes;
      this.reading.connected();
      this.all.forEach((room) => this.set({ ...room, before: room.countedTo }));
      // Another history of the server may have begun: the next preferences from the server are newer than all earlier
      // ones.
      this.own.forEach(({ roomId, preferences }) => this.change(roomId, { preferences: unproved(preferences) }));
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
        this.remove(room);
      }
    }
    Object.assign(this, { loaded: true, failed: false, copiedAt: null });
    this.#dropCopies();
    this.changed();
  }

  /** Removes rooms of a copy that the server has not listed. */
  #dropCopies() {
    const gone = this.all.filter((room) => room.isCopied);
    gone.forEach((room) => this.remove(room.roomId));
    if (gone.length > 0) {
      this.dispatchEvent(new Event("gone"));
    }
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #arrived(room, event) {
    const counts = this.reading.arrived(room, event);
    const known = this.get(room);
    if (!known) {
      return;
    }
    const isMessage = event.kind === "message" && isInRoom(event);
    this.change(room, {
      ...newestEvents({ head: event.seq, headStamp: event.stamp, ...(isMessage && { lastMessage: event }) }, known),
      ...counts,
      ...(event.kind === "room" && event.seq > known.changedAt && { ...settingOf(event), changedAt: event.seq }),
    });
    this.reading.recountEdited(room, event.mentions?.includes(/** @type {string} */ (this.#client.userId)));
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
      this.change(room, { membership: undefined, role: undefined, preferences: NO_PREFERENCES, ...NOTHING_COUNTED });
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
      this.change(roomId, {
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

  /** Drops what is known of a room; answers to earlier requests are ignored. @param {string} room */
  #forget(room) {
    this.#changedAt.set(room, ++this.#changes);
    this.reading.forget(room);
  }

  /** @param {string} room @param {Page.RoomPreferences} told */
  #preferred(room, told) {
    const known = this.get(room);
    if (known?.membership === "joined") {
      this.change(room, { preferences: newest(known.preferences, told) });
    }
  }
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
