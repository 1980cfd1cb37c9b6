import { answered, apply, isChange } from "./message-state.js";
import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Retries } from "./retries.js";

const AT_MOST_COUNTED = 1000;
/** Limit of the live replies recorded for each thread, to count those after the head of an answer. */
const RECENT = 50;
/** Time from the first connection to the first page, so that the first view has the network for itself. */
const FIRST_AFTER_MS = 1_000;
/** Pause before threads are requested, so that those of a burst are requested together. */
const ASK_MS = 500;
/** Limit of threads that are requested one by one; when more have changed, the list is loaded again. */
const ASK_AT_MOST = 5;

/** @param {string} room @param {number} thread */
/**
 * @typedef {Page.ThreadState & {toldAt: number, recent: {seq: number, isCall: boolean}[], first?: Page.Message}} KnownThread with its first
 *   message once a page of the list had it, and the latest replies, which the counts of an answer may lack
 * @typedef {{threads: (Page.ThreadState & {first: Page.RoomEvent})[], unreadThreadCount: number, mentionCount: number, nextPage?: string}} ThreadPage
 */

/** @param {string} room @param {number | undefined} thread of a message; no key has undefined */
const keyOf = (room, thread) => `${room}/${thread}`;

/**
 * Threads that the user follows, as far as known: those of the first page, and those with later events. An unknown
 * thread is requested when a reply arrives in it.
 */
export class Threads extends Model {
  loaded = false;
  failed = false;
  /** True while a view shows the list. */
  shown = false;
  /** Start of the next page of the list; undefined on the last. @type {string | undefined} */
  nextPage;
  #client;
  /** @type {Map<string, KnownThread>} by room and first message */
  #threads = new Map();
  /** Keys in the order of the list. @type {string[]} */
  #order = [];
  /** Unread counts in threads of the pages that are not loaded. */
  #elsewhere = { unreadThreadCount: 0, mentionCount: 0 };
  /** Keys of threads to request. @type {Set<string>} */
  #toAsk = new Set();
  #asking = false;
  /** Number of received changes; an answer to an earlier request is ignored for threads that were received since. */
  #told = 0;
  #retries = new Retries(() => this.#client.state === "online" && this.load());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #first;

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on("state", ({ state }) => state === "online" && this.#connected());
    client.on("thread", (thread) => this.#take(thread));
    client.on("event", ({ roomId, event }) => this.#arrived(roomId, event));
    client.on("reset", ({ roomId, since }) => this.#reset(roomId, since));
  }

  /** The list in its loaded order. @returns {KnownThread[]} */
  get list() {
    return this.#order.flatMap((key) => this.#threads.get(key) ?? []).filter((thread) => thread.following);
  }

  /** Threads with unread replies. */
  get unreadThreadCount() {
    return this.#elsewhere.unreadThreadCount + this.#following().filter(isUnread).length;
  }

  /** Unread mentions in threads. */
  get mentionCount() {
    return this.#elsewhere.mentionCount + this.#following().reduce((sum, thread) => sum + thread.mentionCount, 0);
  }

  /** A thread, if known. @param {string} room @param {number | undefined} thread its first message */
  of(room, thread) {
    return this.#threads.get(keyOf(room, thread)) ?? null;
  }

  /** Loads the first page again. */
  load = oneAtATime(async () => {
    this.#retries.stop();
    const { userId: user } = this.#client;
    const told = this.#told;
    try {
      const page = await this.#client.api.threads();
      if (user === this.#client.userId) {
        this.#retries.succeeded();
        this.#order = [];
        // Threads of other pages are in the totals of this one.
        this.#threads.forEach((thread, key) => thread.toldAt <= told && this.#threads.delete(key));
        this.#add(page, told);
        this.#elsewhere = elsewhere(page);
        Object.assign(this, { loaded: true, failed: false });
      }
    } catch (failure) {
      this.failed = true;
      this.#retries.failed(failure);
    }
    this.changed();
  });

  /** Loads the next page. */
  more = oneAtATime(async () => {
    if (this.nextPage === undefined) {
      return;
    }
    const told = this.#told;
    const page = await this.#client.api.threads(this.nextPage);
    this.#add(page, told);
    const before = this.#elsewhere;
    const shown = elsewhere(page);
    this.#elsewhere = {
      unreadThreadCount: Math.max(0, before.unreadThreadCount - (page.unreadThreadCount - shown.unreadThreadCount)),
      mentionCount: Math.max(0, before.mentionCount - (page.mentionCount - shown.mentionCount)),
    };
    this.changed();
  });

  /** Requests the state of a thread, unless it is known. @param {string} room @param {number} thread */
  async find(room, thread) {
    if (!this.of(room, thread)) {
      await this.#ask(room, thread);
    }
  }

  /** Follows a thread, or stops following it. @param {string} room @param {number} thread @param {boolean} following */
  async follow(room, thread, following) {
    this.#take(await this.#client.api.followThread(room, thread, following));
  }

  /**
   * Marks a thread as read up to a message.
   *
   * @param {string} room
   * @param {number} thread
   * @param {{seq: number, stamp: string}} given2
   */
  read(room, thread, { seq, stamp }) {
    const known = this.of(room, thread);
    if (known?.following && isUnread(known) && seq > known.readTo) {
      this.#set(room, thread, { readTo: seq, unreadCount: 0, mentionCount: 0, recent: [] });
      // A failure is corrected by the next answer or frame.
      this.#client.api.markThreadRead(room, thread, { seq, stamp }).catch(() => this.#later(room, thread));
    }
  }

  clear() {
    this.#retries.stop();
    clearTimeout(this.#first);
    this.#threads.clear();
    this.#order = [];
    this.#elsewhere = { unreadThreadCount: 0, mentionCount: 0 };
    this.#toAsk.clear();
    Object.assign(this, { loaded: false, failed: false, nextPage: undefined });
    this.changed();
  }

  #connected() {
    if (this.loaded) {
      void this.load();
    } else {
      clearTimeout(this.#first);
      this.#first = setTimeout(this.load, FIRST_AFTER_MS);
    }
  }

  #following() {
    return [...this.#threads.values()].filter((thread) => thread.following);
  }

  /** @param {ThreadPage} page @param {number} told */
  #add(page, told) {
    for (const thread of page.threads) {
      const key = keyOf(thread.roomId, thread.thread);
      this.#put(thread, told);
      const known = this.#threads.get(key);
      this.#threads.set(key, { .../** @type {KnownThread} */ (known), first: { ...thread.first, asOf: thread.head } });
      this.#order = [...this.#order.filter((other) => other !== key), key];
    }
    this.nextPage = page.nextPage;
  }

  /** @param {Page.ThreadState} thread */
  #take(thread) {
    this.#told++;
    this.#put(thread);
    this.#set(thread.roomId, thread.thread, { toldAt: this.#told });
    this.#listNews(thread);
  }

  /** Adds a thread to the list while a view shows it. @param {Page.ThreadState} given */
  #listNews({ roomId, thread, following }) {
    if (this.shown && following && !this.of(roomId, thread)?.first) {
      void this.load();
    }
  }

  /**
   * Stores the state of a thread at a head, and counts later replies; unless a newer state was received since the
   * request.
   *
   * @param {Page.ThreadState} given
   */
  #put({ roomId, thread, following, readTo, head, unreadCount, mentionCount }, told = this.#told) {
    const known = this.of(roomId, thread);
    if (known && known.toldAt > told) {
      return;
    }
    const recent = (known?.recent ?? []).filter((reply) => reply.seq > Math.max(head, readTo));
    this.#threads.set(keyOf(roomId, thread), {
      toldAt: 0,
      ...known,
      ...{ roomId, thread, following, readTo, head: Math.max(head, readTo), recent },
      unreadCount: Math.min(unreadCount + recent.length, AT_MOST_COUNTED),
      mentionCount: mentionCount + recent.filter(({ isCall }) => isCall).length,
    });
    this.changed();
  }

  /** @param {string} room @param {number | undefined} thread @param {Partial<KnownThread>} changes */
  #set(room, thread, changes) {
    const known = this.of(room, thread);
    if (known) {
      this.#threads.set(keyOf(room, thread), { ...known, ...changes });
      this.changed();
    }
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #arrived(room, event) {
    if (event.kind === "message" && event.thread !== undefined) {
      this.#replied(room, event);
    } else if (isChange(event)) {
      this.#changed(room, event);
    }
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #replied(room, event) {
    const known = this.of(room, event.thread);
    if (!known) {
      this.#later(room, event.thread);
      return;
    }
    const changes = { first: known.first && answered(known.first, event) };
    if (event.sender === this.#client.userId) {
      Object.assign(changes, {
        following: true,
        readTo: event.seq,
        head: event.seq,
        unreadCount: 0,
        mentionCount: 0,
        recent: [],
      });
    } else if (event.seq > known.head) {
      const isCall = !event.alsoToRoom && (event.mentions?.includes(/** @type {string} */ (this.#client.userId)) ?? false);
      Object.assign(changes, {
        recent: [...known.recent.slice(1 - RECENT), { seq: event.seq, isCall }],
        unreadCount: Math.min(known.unreadCount + (known.following ? 1 : 0), AT_MOST_COUNTED),
        mentionCount: known.mentionCount + (known.following && isCall ? 1 : 0),
      });
    }
    this.#set(room, event.thread, changes);
  }

  /**
   * Requests the state again: a change of a reply may change the counts, but only the server knows its thread and if it
   * is unread.
   *
   * @param {string} room
   * @param {Page.RoomEvent} event
   */
  #changed(room, event) {
    for (const thread of this.#following().filter((each) => each.roomId === room)) {
      if (thread.first?.seq === event.target) {
        this.#set(room, thread.thread, { first: apply(/** @type {Page.Message} */ (thread.first), event) });
      }
      const named = event.kind === "edit" && event.mentions?.includes(/** @type {string} */ (this.#client.userId));
      if ((event.kind === "delete" && isUnread(thread)) || (event.kind === "edit" && (thread.mentionCount > 0 || named))) {
        this.#later(room, thread.thread);
      }
    }
  }

  /** Requests a thread soon. @param {string} room @param {number | undefined} thread */
  #later(room, thread) {
    this.#toAsk.add(keyOf(room, thread));
    if (!this.#asking) {
      this.#asking = true;
      setTimeout(() => this.#askAll(), ASK_MS);
    }
  }

  async #askAll() {
    const keys = [...this.#toAsk];
    this.#toAsk.clear();
    this.#asking = false;
    if (keys.length > ASK_AT_MOST) {
      await this.load();
      return;
    }
    for (const key of keys) {
      const cut = key.lastIndexOf("/");
      await this.#ask(key.slice(0, cut), Number(key.slice(cut + 1)));
    }
  }

  /** @param {string} room @param {number} thread */
  async #ask(room, thread) {
    const { userId: user } = this.#client;
    const told = this.#told;
    try {
      const found = await this.#client.api.thread(room, thread);
      if (user === this.#client.userId) {
        this.#put(found, told);
        this.#listNews(found);
      }
    } catch {
      // Without a connection nothing is requested: the list of the next connection has it.
    }
  }

  /** @param {string} room @param {number} since */
  #reset(room, since) {
    if (since === 0) {
      this.#following()
        .filter((thread) => thread.roomId === room)
        .forEach(({ thread }) => this.#threads.delete(keyOf(room, thread)));
    }
    void this.load();
  }
}

/** @param {{unreadCount: number, mentionCount: number}} given */
export function isUnread({ unreadCount, mentionCount }) {
  return unreadCount > 0 || mentionCount > 0;
}

/** Unread counts in threads outside of this page. @param {ThreadPage} given */
function elsewhere({ threads, unreadThreadCount, mentionCount }) {
  return {
    unreadThreadCount: Math.max(0, unreadThreadCount - threads.filter(isUnread).length),
    mentionCount: Math.max(0, mentionCount - threads.reduce((sum, thread) => sum + thread.mentionCount, 0)),
  };
}
