import { MAX_PAGE } from "./protocol.js";

const HITS = 20;

/**
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {{before?: number, after?: number, around?: number, stamp?: string, limit?: number}} Range at most one of the first
 *   three; the newest without. The stamp is of the event `after`: fails with `history.changed` when that is another one
 * @typedef {(method: string, path: string, body?: object) => Promise<any>} ApiRequest
 */

/** What a client asks and does by REST, see docs/PROTOCOL.md; each promise fails with a `ParlanceError`. */
export class Api {
  #request;

  /** @param {ApiRequest} request */
  constructor(request) {
    this.#request = request;
  }

  // The account

  /** Where the user is logged in, the one used last first. @returns {Promise<any[]>} */
  async sessions() {
    return (await this.#request("GET", "/sessions")).sessions;
  }

  /** Logs out somewhere else. @param {string} session */
  endSession(session) {
    return this.#request("DELETE", `/sessions/${encodeURIComponent(session)}`);
  }

  /** Ends all other sessions too. @param {string} password @param {string} newPassword */
  changePassword(password, newPassword) {
    return this.#request("PUT", "/password", { password, newPassword });
  }

  // People

  /**
   * Users whose id or name begins so, those whose id does first.
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
   * All rooms that fit, over as many pages as it takes.
   *
   * @param {{q?: string, membership?: "joined" | "invited" | "own", archived?: boolean | "any"}} [filter]
   * @returns {Promise<any[]>}
   */
  async rooms(filter = {}) {
    const all = [];
    for (let after = ""; ; after = all.at(-1).roomId) {
      const { rooms } = await this.#request("GET", `/rooms?${query({ ...filter, limit: MAX_PAGE, after })}`);
      all.push(...rooms);
      if (rooms.length < MAX_PAGE) {
        return all;
      }
    }
  }

  /** The first rooms that have a text in their id, name or topic. @param {string} q @returns {Promise<any[]>} */
  async findRooms(q) {
    return (await this.#request("GET", `/rooms?${query({ q, limit: MAX_PAGE })}`)).rooms;
  }

  /** @param {string} room @returns {Promise<any>} */
  room(room) {
    return this.#request("GET", at(room));
  }

  /** @param {{roomId: string, name?: string, topic?: string, members?: string[], visibility?: "public" | "private"}} room */
  createRoom(room) {
    return this.#request("POST", "/rooms", room);
  }

  /** @param {string} room @param {{name?: string, topic?: string, description?: string, archived?: boolean}} changes */
  changeRoom(room, changes) {
    return this.#request("PATCH", at(room), changes);
  }

  /** The direct room with another user. @param {string} user @returns {Promise<any>} */
  openDirect(user) {
    return this.#request("PUT", `/direct/${encodeURIComponent(user)}`);
  }

  // Members

  /**
   * All members, or those who are invited or banned.
   *
   * @param {string} room
   * @param {"members" | "invitations" | "bans"} [list]
   * @returns {Promise<any[]>}
   */
  async members(room, list = "members") {
    const all = [];
    for (let after = ""; ; after = all.at(-1).userId) {
      const { members } = await this.#request("GET", `${at(room)}/${list}?${query({ limit: MAX_PAGE, after })}`);
      all.push(...members);
      if (members.length < MAX_PAGE) {
        return all;
      }
    }
  }

  /** Oneself, into a public room or one that one is invited to. @param {string} room @param {string} user */
  becomeMember(room, user) {
    return this.#request("PUT", at(room, "members", user));
  }

  /** Kicks somebody, or leaves. @param {string} room @param {string} user */
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

  /** Declines an invitation, or takes it back. @param {string} room @param {string} user */
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

  /** @param {string} room @param {string} userId who becomes its owner */
  handOver(room, userId) {
    return this.#request("POST", `${at(room)}/hand-over`, { userId });
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
   * @param {string} q words, "phrases", `begin*`, `-without`, `from:`, `in:`, `on:`, `before:`, `after:`, `has:link` and
   *   `is:pinned`; the last word is a beginning, unless a blank follows it
   * @param {string} [page] what the answer before gave as `next`
   * @param {{zone?: string, typing?: boolean}} [reading] the time zone of the days in `q`, UTC without one; and whether
   *   `q` is still being typed, so that an unfinished filter at its end is passed over
   * @returns {Promise<{hits: any[], next?: string, filters: {name: string, value: string, range: [number, number]}[]}>} the
   *   filters as the server read them, with their ranges of `q`
   */
  search(q, page, reading = {}) {
    return this.#request("GET", `/search?${query({ q, limit: HITS, page, ...reading })}`);
  }

  /**
   * The messages of the thread that one began.
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

/** @param {object} parameters those that are undefined or empty are left out */
function query(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") {
      search.set(name, String(value));
    }
  }
  return search.toString();
}
