import { MAX_PAGE } from "./protocol.js";

const HITS = 20;

/**
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {{before?: number, after?: number, around?: number, from?: string, stamp?: string, limit?: number}} Range at
 *   most one of the first four, of which `from` is a time; the newest events without. The stamp is that of the event
 *   `after`: fails with `history.changed` when the server has another event there
 * @typedef {(method: string, path: string, body?: object) => Promise<any>} ApiRequest
 */

/** Requests of a client by REST, see docs/PROTOCOL.md; each promise fails with a `ParlanceError`. */
export class Api {
  #request;

  /** @param {ApiRequest} request */
  constructor(request) {
    this.#request = request;
  }

  // The account

  /** Sessions of the user, the most recently used one first. @returns {Promise<any[]>} */
  async sessions() {
    return (await this.#request("GET", "/sessions")).sessions;
  }

  /** Ends another session. @param {string} session */
  endSession(session) {
    return this.#request("DELETE", `/sessions/${encodeURIComponent(session)}`);
  }

  /** Changes the password, and ends all other sessions. @param {string} password @param {string} newPassword */
  changePassword(password, newPassword) {
    return this.#request("PUT", "/password", { password, newPassword });
  }

  // People

  /**
   * Users whose id or name has a prefix, those whose id does first.
   *
   * @param {string} q
   * @param {number} limit
   * @returns {Promise<{userId: string, name: string, ambiguous?: boolean}[]>}
   */
  async findUsers(q, limit) {
    return (await this.#request("GET", `/users?${query({ q, limit })}`)).users;
  }

  // Rooms

  /**
   * All rooms that fit, from all pages.
   *
   * @param {{q?: string, membership?: "joined" | "invited" | "own", archived?: boolean | "any"}} [filter]
   * @returns {Promise<any[]>}
   */
  async rooms(filter = {}) {
    return (await this.#rooms(filter, {})).rooms;
  }

  /**
   * All rooms that fit, with the user's preferences for the list of rooms. @param {{membership?: "joined" | "invited" | "own",
   * archived?: boolean | "any"}} filter @returns {Promise<{rooms: any[], preferences: any}>}
   */
  roomsAndPreferences(filter) {
    return this.#rooms(filter, { withPreferences: true });
  }

  /**
   * @param {object} filter @param {object} first further parameters of the first page @returns {Promise<any>} the first
   *   page, with the rooms of all
   */
  async #rooms(filter, first) {
    const page = await this.#request("GET", `/rooms?${query({ ...filter, limit: MAX_PAGE, ...first })}`);
    for (let { rooms } = page; rooms.length === MAX_PAGE; page.rooms.push(...rooms)) {
      ({ rooms } = await this.#request(
        "GET",
        `/rooms?${query({ ...filter, limit: MAX_PAGE, afterId: page.rooms.at(-1).roomId })}`,
      ));
    }
    return page;
  }

  /** The first rooms with a text in their id, name or topic. @param {string} q @returns {Promise<any[]>} */
  async findRooms(q) {
    return (await this.#request("GET", `/rooms?${query({ q, limit: MAX_PAGE })}`)).rooms;
  }

  /** @param {string} room @returns {Promise<any>} */
  room(room) {
    return this.#request("GET", at(room));
  }

  /** @param {{roomId: string, name?: string, topic?: string, memberIds?: string[], visibility?: "public" | "private"}} room */
  createRoom(room) {
    return this.#request("POST", "/rooms", room);
  }

  /** @param {string} room @param {{name?: string, topic?: string, description?: string, archived?: boolean}} changes */
  changeRoom(room, changes) {
    return this.#request("PATCH", at(room), changes);
  }

  /**
   * Sets preferences of the user for one room, hidden from other users; `hiddenTo` is the seq up to which the room is
   * hidden, or 0.
   *
   * @param {string} room
   * @param {{starred?: boolean, notifications?: "all" | "mentions" | "none", hiddenTo?: number}} changes
   * @returns {Promise<any>} all of them
   */
  changeRoomPreferences(room, changes) {
    return this.#request("PATCH", at(room, "preferences"), changes);
  }

  /** Preferences of the user for the list of rooms. @returns {Promise<any>} */
  preferences() {
    return this.#request("GET", "/preferences");
  }

  /** @param {{order?: "recent" | "unread" | "name", fold?: string[], unfold?: string[]}} changes @returns {Promise<any>} all of them */
  changePreferences(changes) {
    return this.#request("PATCH", "/preferences", changes);
  }

  /** The direct room with another user. @param {string} user @returns {Promise<any>} */
  openDirect(user) {
    return this.#request("PUT", `/direct/${encodeURIComponent(user)}`);
  }

  // Members

  /**
   * All members, invited or banned users of a room.
   *
   * @param {string} room
   * @param {"members" | "invitations" | "bans"} [list]
   * @returns {Promise<any[]>}
   */
  async members(room, list = "members") {
    const all = [];
    for (let afterId = ""; ; afterId = all.at(-1).userId) {
      const { members } = await this.#request("GET", `${at(room)}/${list}?${query({ limit: MAX_PAGE, afterId })}`);
      all.push(...members);
      if (members.length < MAX_PAGE) {
        return all;
      }
    }
  }

  /**
   * Joins a public room, or one that the user is invited to. @param {string} room @param {string} user the logged-in
   * user
   */
  becomeMember(room, user) {
    return this.#request("PUT", at(room, "members", user));
  }

  /** Removes a member; the user itself leaves. @param {string} room @param {string} user */
  removeMember(room, user) {
    return this.#request("DELETE", at(room, "members", user));
  }

  /** @param {string} room @param {string} user @param {{role?: string, muted?: boolean}} changes */
  changeMember(room, user, changes) {
    return this.#request("PATCH", at(room, "members", user), changes);
  }

  /** @param {string} room @param {string} user */
  invite(room, user) {
    return this.#request("PUT", at(room, "invitations", user));
  }

  /** Declines or withdraws an invitation. @param {string} room @param {string} user */
  uninvite(room, user) {
    return this.#request("DELETE", at(room, "invitations", user));
  }

  /** @param {string} room @param {string} user */
  ban(room, user) {
    return this.#request("PUT", at(room, "bans", user));
  }

  /** @param {string} room @param {string} user */
  unban(room, user) {
    return this.#request("DELETE", at(room, "bans", user));
  }

  /** Hands the room over. @param {string} room @param {string} userId the new owner */
  handOver(room, userId) {
    return this.#request("POST", `${at(room)}/hand-over`, { userId });
  }

  // Threads

  /**
   * The threads that the user follows, unread ones first, 50 at a time.
   * @param {string} [page] `nextPage` of the answer before
   * @returns {Promise<{threads: any[], unreadThreadCount: number, mentionCount: number, nextPage?: string}>}
   */
  threads(page) {
    return this.#request("GET", `/threads?${query({ page })}`);
  }

  /** State of a message's thread for the user. @param {string} room @param {number} seq @returns {Promise<any>} */
  thread(room, seq) {
    return this.#request("GET", at(room, "threads", String(seq)));
  }

  /** @param {string} room @param {number} seq @param {boolean} following @returns {Promise<any>} */
  followThread(room, seq, following) {
    return this.#request(following ? "PUT" : "DELETE", at(room, "threads", String(seq), "follow"));
  }

  /**
   * Moves the user's read marker of a thread.
   *
   * @param {string} room
   * @param {number} seq of a message of the thread
   * @param {{seq: number, stamp?: string}} last the last read message
   * @returns {Promise<any>}
   */
  markThreadRead(room, seq, last) {
    return this.#request("PUT", at(room, "threads", String(seq), "read"), last);
  }

  // Saved messages

  /**
   * The user's saved messages, the one that was saved last first, 50 at a time.
   * @param {string} [page] `nextPage` of the answer before
   * @returns {Promise<{messages: any[], nextPage?: string}>}
   */
  saved(page) {
    return this.#request("GET", `/saved?${query({ page })}`);
  }

  /**
   * Saves a message in the user's list, or removes it.
   *
   * @param {string} room
   * @param {{seq: number, stamp?: string}} message
   * @param {boolean} saved
   */
  save(room, { seq, stamp }, saved) {
    const path = `/saved/${encodeURIComponent(room)}/${seq}`;
    return saved ? this.#request("PUT", `${path}?${query({ stamp })}`) : this.#request("DELETE", path);
  }

  // Messages

  /** A page of events. @param {string} room @param {Range} range @returns {Promise<{events: RoomEvent[], head: number}>} */
  events(room, range) {
    return this.#request("GET", `${at(room)}/events?${query(range)}`);
  }

  /** @param {string} room @param {number} seq @returns {Promise<any>} */
  message(room, seq) {
    return this.#request("GET", at(room, "messages", String(seq)));
  }

  /** @param {string} room @param {Range} range @returns {Promise<{messages: any[], head: number}>} */
  pins(room, range) {
    return this.#request("GET", `${at(room)}/pins?${query(range)}`);
  }

  /**
   * Messages of the user's rooms, newest first, 20 at a time.
   *
   * @param {string} q words, "phrases", `begin*`, `-without`, `from:`, `in:`, `on:`, `before:`, `after:`, `has:link`
   *   and `is:pinned`; the last word is a prefix, unless a blank follows it
   * @param {string} [page] `nextPage` of the answer before
   * @param {{zone?: string, incomplete?: boolean}} [reading] the time zone of the days in `q`, UTC without one; and true
   *   while `q` is being typed, so that an unfinished filter at its end is ignored
   * @returns {Promise<{hits: any[], nextPage?: string, filters: {name: string, value: string, range: [number, number]}[]}>}
   *   the filters as the server read them, with their ranges of `q`
   */
  search(q, page, reading = {}) {
    return this.#request("GET", `/search?${query({ q, limit: HITS, page, ...reading })}`);
  }

  /**
   * Replies of the thread that a message began.
   *
   * @param {string} room
   * @param {number} seq
   * @param {Range} range
   * @returns {Promise<{messages: any[], head: number}>}
   */
  replies(room, seq, range) {
    return this.#request("GET", `${at(room, "messages", String(seq))}/replies?${query(range)}`);
  }
}

/** @param {string} room @param {...string} more */
function at(room, ...more) {
  return ["/rooms", room, ...more].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
}

/** @param {object} parameters undefined and empty ones are left out */
export function query(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") {
      search.set(name, String(value));
    }
  }
  return search.toString();
}
