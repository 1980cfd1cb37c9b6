/**
 * The rooms of one user on a server, and a client that emits their events to the models of the page: in an order and
 * after delays that a test chooses. It keeps the promises of the library. The events of a room arrive once and in
 * order, or a reset is emitted; markers and memberships overtake events and are lost with the connection; an answer is
 * of some moment between its request and its arrival.
 */
import { Emitter } from "../../main/resources/web/parlance-client/emitter.js";

const USER = "me";
/** Events that a server sends after a lost connection; beyond it the client gets a reset. */
const CATCH_UP = 6;
const FAILURE = Object.assign(new Error("no answer"), { retryable: true });

/** A room with the user's counts, by the rules of the server's SQL. */
export class ScriptedRoom {
  events = [];
  member = true;
  archived = false;
  readTo = 0;
  /** Messages in their present state. @type {Map<number, {sender: string, deleted: boolean}>} */
  #messages = new Map();
  /** Messages that name the user, each with the first event that did. @type {Map<number, number>} */
  #named = new Map();
  #stamps = 0;

  constructor(roomId, visibility) {
    this.roomId = roomId;
    this.visibility = visibility;
  }

  get head() {
    return this.events.length;
  }

  get headStamp() {
    return this.events.at(-1)?.stamp ?? "";
  }

  get unreadCount() {
    return [...this.#messages].filter(([seq, { sender, deleted }]) => seq > this.readTo && sender !== USER && !deleted).length;
  }

  get mentionCount() {
    return [...this.#named.values()].filter((named) => named > this.readTo).length;
  }

  /** Messages that are not deleted. @param {(message: {seq: number, sender: string}) => boolean} [fits] */
  messages(fits = () => true) {
    return [...this.#messages].filter(([seq, { deleted, sender }]) => !deleted && fits({ seq, sender })).map(([seq]) => seq);
  }

  append(fields) {
    const event = { seq: this.head + 1, stamp: `${this.roomId}-${++this.#stamps}`, sender: "bob", ...fields };
    this.#take(event);
    return event;
  }

  #take(event) {
    this.events.push(event);
    const { kind, seq, target, sender } = event;
    const names = event.mentions?.includes(USER) && sender !== USER;
    if (kind === "message") {
      this.#messages.set(seq, { sender, deleted: false });
    } else if (kind === "delete") {
      /** @type {{deleted: boolean}} */ (this.#messages.get(target)).deleted = true;
    } else if (kind === "room") {
      this.archived = event.change === "archived";
    } else if (kind === "membership") {
      this.member = event.change !== "removed";
    }
    const message = kind === "message" ? seq : target;
    if (kind === "delete" || (kind === "edit" && !event.mentions?.includes(USER))) {
      this.#named.delete(target);
    } else if (names && this.member && !this.#named.has(message)) {
      this.#named.set(message, seq);
    }
  }

  /** Loses the newest events and their effects; other events get their seqs. */
  restore(lost) {
    const kept = this.events.slice(0, Math.max(1, this.head - lost));
    const isMember = this.member;
    Object.assign(this, { events: [], archived: false, membership: "joined" });
    this.#messages.clear();
    this.#named.clear();
    kept.forEach((event) => this.#take(event));
    this.member = isMember;
    this.readTo = Math.min(this.readTo, this.head);
  }

  /** The room as the REST API returns it. */
  view() {
    const { roomId, visibility, archived, head, headStamp, member } = this;
    const standing = member
      ? {
          membership: "joined",
          role: "member",
          readTo: this.readTo,
          unreadCount: this.unreadCount,
          mentionCount: this.mentionCount,
        }
      : {};
    return {
      roomId,
      name: roomId,
      visibility,
      archived,
      head,
      headStamp,
      ...(visibility === "direct" && { peer: "bob" }),
      ...standing,
    };
  }
}

export class ScriptedRooms extends Emitter {
  /** @type {Page.ConnectionState} */
  state = "online";
  userId = USER;
  /** @type {Map<string, ScriptedRoom>} */
  rooms = new Map();
  /** Last emitted event of each followed room. @type {Map<string, {seq: number, stamp: string, until: number}>} */
  followed = new Map();
  /** Pending signals, which overtake events. @type {{type: string, detail: any}[]} */
  #signals = [];
  /** @type {{ask: () => any, answer?: any, resolve: (answer: any) => void, reject: (failure: Error) => void}[]} */
  #requests = [];
  /** Read markers of the page that the server does not have yet. @type {Map<string, {seq: number, stamp: string}>} */
  #marks = new Map();
  #random;

  constructor(random) {
    super();
    this.#random = random;
    for (const [id, visibility] of [
      ["garden", "public"],
      ["shed", "private"],
      ["bob", "direct"],
    ]) {
      const room = new ScriptedRoom(id, visibility);
      room.append({ kind: "membership", userId: USER });
      this.rooms.set(id, room);
    }
  }

  api = {
    roomsAndPreferences: async () => ({ rooms: await this.#request(() => this.#own()), preferences: {} }),
    room: (id) => this.#request(() => this.#room(id).view()),
  };

  /** @param {string} id @returns {ScriptedRoom} */
  #room(id) {
    return /** @type {ScriptedRoom} */ (this.rooms.get(id));
  }

  #own() {
    return [...this.rooms.values()].filter((room) => room.member).map((room) => room.view());
  }

  join(id, { since, stamp }) {
    if (!this.followed.has(id)) {
      this.followed.set(id, { seq: since, stamp, until: Infinity });
      if (!this.#room(id).member) {
        this.#signal("left", { roomId: id, reason: FAILURE });
      }
    }
  }

  markRead(id, seq, stamp) {
    if (seq > (this.#marks.get(id)?.seq ?? 0)) {
      this.#marks.set(id, { seq, stamp });
    }
  }

  // Events on the server

  /** Moves the read marker by another device of the user. */
  readElsewhere(room, seq) {
    if (seq > room.readTo) {
      room.readTo = seq;
      const { roomId, head, readTo, unreadCount, mentionCount } = room;
      this.#signal("readMarker", { roomId, readTo, head, unreadCount, mentionCount });
    }
  }

  remove(room) {
    room.append({ kind: "membership", userId: USER, change: "removed" });
    const followed = this.followed.get(room.roomId);
    if (followed) {
      followed.until = room.head;
    }
    this.#signal("left", { roomId: room.roomId, reason: null });
  }

  /**
   * Restores the database to some events before; pending frames of the lost ones do not arrive. The client gets a
   * reset, or loses its connection when it received none of them, because an answer may have counted some.
   */
  restore(room, lost) {
    room.restore(lost);
    this.#signals = this.#signals.filter(({ detail }) => (detail.roomId ?? detail.room.roomId) !== room.roomId);
    const place = this.followed.get(room.roomId);
    if (this.state === "online" && (!place || this.#isTrue(room, place))) {
      this.disconnect();
    }
  }

  admit(room) {
    room.append({ kind: "membership", userId: USER, change: "joined" });
    room.readTo = room.head;
    this.#signal("room", { room: room.view() });
  }

  // Deliveries to the client

  disconnect() {
    this.state = "offline";
    this.#signals = [];
    this.tell("state", { state: this.state });
  }

  connect() {
    this.state = "online";
    for (const id of [...this.followed.keys()].filter((each) => !this.#room(each).member)) {
      this.#left({ roomId: id, reason: FAILURE });
    }
    for (const place of this.followed.values()) {
      place.until = Infinity;
    }
    this.tell("state", { state: this.state });
    [...this.followed.keys()].forEach((id) => this.#catchUp(id));
  }

  #catchUp(id) {
    const [room, place] = [this.#room(id), this.followed.get(id)];
    if (place && room.head - place.seq > CATCH_UP && this.#isTrue(room, place)) {
      const since = place.seq;
      Object.assign(place, { seq: room.head, stamp: room.headStamp });
      this.tell("reset", { roomId: id, since, head: room.head, next: room.head + 1 });
    }
  }

  /** Delivers one of the pending items. @returns {boolean} false when there is none */
  step() {
    const ways = [...this.#due()];
    ways[Math.floor(this.#random() * ways.length)]?.();
    return ways.length > 0;
  }

  *#due() {
    for (const request of this.#requests) {
      yield () => this.#advance(request);
    }
    if (this.state !== "online") {
      return;
    }
    const [signal] = this.#signals;
    if (signal) {
      yield () => (this.#signals.shift(), this.#tellSignal(signal));
    }
    for (const [id, mark] of this.#marks) {
      yield () => this.#storeMark(id, mark);
    }
    for (const [id, place] of this.followed) {
      const room = this.#room(id);
      if (!this.#isTrue(room, place) || Math.min(room.head, place.until) > place.seq) {
        yield () => this.#tellNext(room, place);
      }
    }
  }

  #tellNext(room, place) {
    const { roomId, head, headStamp } = room;
    if (this.#isTrue(room, place)) {
      const event = room.events[place.seq];
      Object.assign(place, { seq: event.seq, stamp: event.stamp });
      this.tell("event", { roomId, event });
    } else {
      Object.assign(place, { seq: head, stamp: headStamp });
      this.#marks.delete(roomId);
      this.tell("reset", { roomId, since: 0, head, next: head + 1 });
    }
  }

  #isTrue(room, { seq, stamp }) {
    return room.events[seq - 1]?.stamp === stamp;
  }

  #storeMark(id, mark) {
    this.#marks.delete(id);
    const room = this.#room(id);
    if (room.member && this.#isTrue(room, mark)) {
      this.readElsewhere(room, mark.seq);
    }
  }

  #signal(type, detail) {
    if (this.state === "online") {
      this.#signals.push({ type, detail });
    }
  }

  #tellSignal({ type, detail }) {
    if (type === "left") {
      this.#left(detail);
    } else {
      this.tell(type, detail);
    }
  }

  #left(detail) {
    this.followed.delete(detail.roomId);
    this.tell("left", detail);
  }

  #request(ask) {
    return new Promise((resolve, reject) => this.#requests.push({ ask, resolve, reject }));
  }

  /** The server answers, then the answer arrives; without a connection there is none. */
  #advance(request) {
    if (this.state === "online" && request.answer === undefined && this.#random() > 0.1) {
      request.answer = request.ask();
      return;
    }
    this.#requests = this.#requests.filter((each) => each !== request);
    if (this.state === "online" && request.answer !== undefined) {
      request.resolve(request.answer);
    } else {
      request.reject(FAILURE);
    }
  }
}
