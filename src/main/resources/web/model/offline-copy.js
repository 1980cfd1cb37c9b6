import { IndexedStore } from "../parlance-client/indexed-store.js";
import { keptRun } from "./kept-run.js";

/** Limit of the stored conversations: those that were viewed last. */
const CONVERSATIONS = 20;

/** Limit of the length of all of them together, in characters of JSON. */
const LENGTH = 2_000_000;
const ROOMS = 500;
const NAMES = 1_000;

/** Age from which a copy is not shown: by then the session has ended too. */
const MAX_AGE_MS = 30 * 86_400_000;
const WRITE_AFTER_MS = 2_000;

/** Time after which a store without an answer is given up: the copy is useless when it is slower than the network. */
const STORE_TIMEOUT_MS = 3_000;

/**
 * Copy of the user's rooms and last conversations in the browser, for a start without a network. It is written while
 * there is a connection, and shown until the server answers: a room's copy is continued from its last event's stamp, or
 * discarded. It is in a separate database, since a full storage may cost the copy, but not the unsent messages.
 *
 * It is deleted with the session, however that ends; drafts and unsent messages are stored elsewhere.
 */
export class OfflineCopy {
  /** Time of this page's last connection, in milliseconds since 1970. @type {number | null} */
  connectedAt = null;
  #client;
  #rooms;
  #people;
  #timelines;
  #store;
  /** @type {string | null} */
  #user = null;
  /** True when the store has failed. Nothing is stored from then on. */
  #isBroken = false;
  #isOnline = false;
  #areRoomsChanged = false;
  /** Rooms whose timelines have changed since the last write. @type {Set<string>} */
  #changed = new Set();
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /**
   * @param {import("./chat.js").Chat} chat
   * @param {import("../parlance-client/store.js").Store} [store]
   */
  constructor({ client, rooms, people, timelines, origin }, store = new IndexedStore(`parlance copy ${origin}`)) {
    this.#client = client;
    this.#rooms = rooms;
    this.#people = people;
    this.#timelines = timelines;
    this.#store = store;
    timelines.copies = this;
    rooms.addEventListener("change", () => this.#roomsChanged());
    client.on("state", ({ state }) => this.#connected(state));
    client.on("reset", ({ roomId, since }) => since === 0 && this.drop(roomId));
    client.on("left", ({ roomId }) => this.drop(roomId));
    client.on("event", ({ roomId, event }) => event.kind === "delete" && !timelines.has(roomId) && this.drop(roomId));
  }

  /**
   * Shows the user's stored rooms, unless the server is faster. Copies of other users are deleted.
   *
   * @param {string} user
   */
  async open(user) {
    this.#user = user;
    const key = `${prefixOf(user)}rooms/`;
    const copy = await this.#update(key, (items) => items.get(key));
    if (copy && isYoung(copy) && user === this.#user && user === this.#client.userId) {
      this.#people.restore(copy.names);
      this.#rooms.restore(copy);
    }
    void this.#update("", (items) => {
      [...items.keys()].filter((each) => !each.startsWith(prefixOf(user))).forEach((each) => items.delete(each));
    });
  }

  /**
   * Copy of a room. @returns {Promise<(import("./kept-run.js").KeptRun & {at: number}) | null>}
   * @param {string} room
   */
  async of(room) {
    const user = this.#user;
    if (user === null) {
      return null;
    }
    const key = keyOf(user, room);
    const copy = await this.#update(key, (items) => items.get(key));
    return copy && isYoung(copy) && user === this.#user ? copy : null;
  }

  /** Called when a timeline has changed. @param {string} room */
  changed(room) {
    this.#changed.add(room);
    this.#later();
  }

  /** Deletes the copy of a room: its history has changed, or it is no longer the user's. @param {string} room */
  async drop(room) {
    const user = this.#user;
    this.#changed.delete(room);
    if (user !== null) {
      await this.#update(indexOf(user), (items) => {
        items.set(
          indexOf(user),
          (items.get(indexOf(user)) ?? []).filter((/** @type {{room: string}} */ each) => each.room !== room),
        );
      });
      await this.#clear(keyOf(user, room));
    }
  }

  /** Deletes the copies of all users. */
  async forget() {
    this.#user = null;
    this.connectedAt = null;
    this.#changed.clear();
    this.#areRoomsChanged = false;
    this.#stop();
    // Also when the store has failed: it may be full, and its contents must be deleted.
    await this.#store.update("", (items) => items.clear()).catch(() => {});
  }

  /** Writes the changes at once, because the page may be closed. */
  write() {
    this.#stop();
    if (this.#isOnline) {
      void this.#write();
    }
  }

  /** @param {Page.ConnectionState} state */
  #connected(state) {
    const wasOnline = this.#isOnline;
    this.#isOnline = state === "online";
    if (this.#isOnline || wasOnline) {
      this.connectedAt = Date.now();
    }
    if (wasOnline && !this.#isOnline && this.#timer !== null) {
      this.#stop();
      void this.#write();
    }
  }

  #roomsChanged() {
    if (this.#rooms.loaded) {
      this.#areRoomsChanged = true;
      this.#later();
    }
  }

  /** Schedules a write. Without a connection nothing is newer than the copy. */
  #later() {
    if (this.#isOnline && this.#user !== null && !this.#isBroken) {
      this.#timer ??= setTimeout(() => this.write(), WRITE_AFTER_MS);
    }
  }

  #stop() {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }

  async #write() {
    const user = this.#user;
    const at = Date.now();
    const runs = [...this.#changed].map((room) => ({
      room,
      run: this.#timelines.has(room) && keptRun(this.#timelines.of(room)),
    }));
    this.#changed.clear();
    if (this.#areRoomsChanged && user !== null) {
      this.#areRoomsChanged = false;
      await this.#keep(`${prefixOf(user)}rooms/`, { at, rooms: this.#rooms.kept(ROOMS), names: this.#people.kept(NAMES) });
      await this.#dropForeign(user);
    }
    for (const { room, run } of runs) {
      if (run && user !== null && user === this.#user && this.#rooms.get(room)?.membership === "joined") {
        await this.#keepRun(user, room, { at, ...run });
      }
    }
  }

  /**
   * Stores a room's copy, and deletes the least recently viewed ones beyond the limits.
   *
   * @param {string} user
   * @param {string} room
   * @param {import("./kept-run.js").KeptRun & {at: number}} copy
   */
  async #keepRun(user, room, copy) {
    const index = indexOf(user);
    const dropped = await this.#update(index, (items) => {
      const before = (items.get(index) ?? []).filter((/** @type {{room: string}} */ each) => each.room !== room);
      const all = [{ room, length: copy.length }, ...before];
      const kept = withinBounds(all);
      items.set(index, kept);
      return all.slice(kept.length);
    });
    await this.#keep(keyOf(user, room), copy);
    for (const each of dropped ?? []) {
      await this.#clear(keyOf(user, each.room));
    }
  }

  /** Deletes the copies of rooms that are no longer the user's. @param {string} user */
  async #dropForeign(user) {
    const index = await this.#update(indexOf(user), (items) => items.get(indexOf(user)) ?? []);
    for (const { room } of index ?? []) {
      if (user === this.#user && this.#rooms.get(room)?.membership !== "joined") {
        await this.drop(room);
      }
    }
  }

  /** Stores a copy, unless another tab has stored a newer one. @param {string} key @param {{at: number, [more: string]: unknown}} copy */
  async #keep(key, copy) {
    await this.#update(key, (items) => {
      if (!(items.get(key)?.at > copy.at) && this.#user !== null) {
        items.set(key, copy);
      }
    });
  }

  /** @param {string} prefix */
  async #clear(prefix) {
    await this.#update(prefix, (items) => items.clear());
  }

  /**
   * @returns {Promise<any>} undefined when the store has failed
   * @param {string} prefix
   * @param {(items: Page.Items) => unknown} change
   */
  async #update(prefix, change) {
    if (this.#isBroken) {
      return undefined;
    }
    try {
      return await inTime(this.#store.update(prefix, change));
    } catch {
      this.#isBroken = true;
      // A copy that cannot be updated only takes up space.
      void this.#store.update("", (items) => items.clear()).catch(() => {});
      return undefined;
    }
  }
}

/** @param {string} user */
const prefixOf = (user) => `${encodeURIComponent(user)}/`;
/** @param {string} user */
const indexOf = (user) => `${prefixOf(user)}index/`;
/** @param {string} user @param {string} room */
const keyOf = (user, room) => `${prefixOf(user)}room/${encodeURIComponent(room)}/`;
/** @param {{at: number}} given */
const isYoung = ({ at }) => Date.now() - at < MAX_AGE_MS;

/** Copies within the limits, from the first on. @param {{room: string, length: number}[]} all */
function withinBounds(all) {
  let length = 0;
  const beyond = all.findIndex((each, i) => {
    length += each.length;
    return i >= CONVERSATIONS || (i > 0 && length > LENGTH);
  });
  return beyond < 0 ? all : all.slice(0, beyond);
}

/** @param {Promise<unknown>} running */
function inTime(running) {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error("The storage does not answer")), STORE_TIMEOUT_MS);
    running.then(done, failed).finally(() => clearTimeout(late));
  });
}
