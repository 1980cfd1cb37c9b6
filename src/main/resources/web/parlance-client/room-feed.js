import { Backoff } from "./backoff.js";
import { ParlanceError } from "./errors.js";
import { HISTORY_CHANGED } from "./protocol.js";

/** Number of events that the server sends of a room that is joined without a cursor. */
const NEWEST = 20;

/**
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./protocol.js").Cursor} Cursor
 *
 * @typedef {object} FeedPort dependencies of a feed
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(room: string, after: Cursor | null) => Promise<{events: RoomEvent[], head: number}>} page the next
 *   events, by REST, or the newest one without a cursor
 * @property {(room: string, event: RoomEvent) => void} event the room's next event
 * @property {(room: string, head: number) => void} joined
 * @property {(room: string, from: number, head: number, next: number) => void} reset
 * @property {(room: string, reason: ParlanceError | null) => void} left
 * @property {(delayMs: number, action: () => void) => void} after
 * @property {() => number} random
 */

/**
 * One room as it is followed: hands its events out once each and in rising seq, whatever the connection does.
 *
 * ```
 *   idle ──online──▶ joining ──joined──▶ live ──reset──▶ paging
 *    ▲                  ▲  ▲               │ something is missing │
 *    └── lost, always   │  └───────────────┘                      │
 *                       └────────── all of it is paged ───────────┘
 * ```
 *
 * A seq alone does not name an event: a restored backup gives the seqs of lost events to others. So each join and each page
 * carries the stamp of the event that it continues, and what cannot be proved to be the same history is read anew.
 */
export class RoomFeed {
  /** @type {"idle" | "joining" | "live" | "paging"} */
  #state = "idle";
  #room;
  #port;
  #settings;
  #backoff;
  /** Pauses while the history changes repeatedly. */
  #calm;
  #wantsNewest;
  /** @type {Cursor | null} the last emitted event; before the first one the cursor of the application */
  #cursor;
  /** @type {number | null} the first event that the application has, or will get */
  #first;
  /** @type {number | null} the head at the first join: whatever the replay brings, no later event may be missing */
  #floor = null;
  /** Number of times that the history was read anew since the feed was last live. */
  #anew = 0;
  /** Changes with each join, so that work of an earlier one has no effect. */
  #round = 0;

  /**
   * @param {string} room
   * @param {(Cursor & {first: number}) | null} since the last event that the application has, and the seq of its first one;
   *   null for the newest few
   * @param {FeedPort} port
   * @param {import("./settings.js").Settings} settings
   */
  constructor(room, since, port, settings) {
    this.#room = room;
    this.#wantsNewest = since === null;
    this.#cursor = since && { seq: since.seq, stamp: since.stamp };
    this.#first = since && since.first;
    this.#port = port;
    this.#settings = settings;
    this.#backoff = new Backoff(port.random, settings);
    this.#calm = new Backoff(port.random, settings);
  }

  /** True when the server accepts requests to this room on this connection. */
  get isJoined() {
    return this.#state === "live" || this.#state === "paging";
  }

  online() {
    this.#join();
  }

  /** Called when the connection is lost, or the room is no longer followed. */
  lost() {
    this.#round++;
    this.#state = "idle";
  }

  /**
   * Processes live events. They are skipped while the room is paged: the join after that brings them. @param
   * {RoomEvent[]} events
   */
  take(events) {
    if (this.#state === "live") {
      this.#takeInOrder(events);
    }
  }

  /** Processes the server's position on this connection: no event up to it is still in flight. */
  head(/** @type {number} */ head) {
    if (this.#state !== "live") {
      return;
    }
    if (head > this.#position()) {
      this.#join();
    } else {
      this.#atRest();
    }
  }

  /**
   * Processes a reset: the room is too far ahead to be sent; or, from another seq than the cursor's, its history is not
   * that of the cursor.
   */
  reset(/** @type {ServerFrame} */ frame) {
    if (!this.isJoined) {
      return;
    }
    this.#round++;
    if (this.#cursor !== null && frame.since === this.#position()) {
      this.#state = "live";
      this.#catchUp(frame.since, frame.head);
    } else {
      this.#readAnew(frame.head);
    }
  }

  #position() {
    return this.#cursor?.seq ?? this.#floor ?? 0;
  }

  #join() {
    const round = ++this.#round;
    const cursor = this.#cursor;
    this.#state = "joining";
    const isProof = cursor !== null && (cursor.stamp !== null || cursor.seq === 0);
    this.#port.ask({ type: "join", roomId: this.#room, ...(isProof && fieldsOf(cursor)) }, (answer) => {
      if (round !== this.#round) {
        return;
      }
      if (answer instanceof ParlanceError) {
        this.#refused(answer);
      } else {
        this.#joined(answer.head, isProof);
      }
    });
  }

  /**
   * @param {number} head @param {boolean} isProof true when the join named an event that the server has compared with
   *   its own
   */
  #joined(head, isProof) {
    const round = this.#round;
    this.#backoff.reset();
    this.#state = "live";
    const floor = this.#floor;
    this.#floor ??= head;
    this.#port.joined(this.#room, head);
    if (isProof || round !== this.#round) {
      return;
    }
    if (this.#cursor !== null) {
      this.#readAnew(head);
    } else if (floor !== null && floor < head) {
      // Nothing was emitted before the connection was lost, so nothing has to be proved.
      this.#cursor = { seq: floor, stamp: null };
      this.#first = floor + 1;
      this.#catchUp(floor, head);
    } else {
      this.#floor = head;
    }
  }

  #refused(/** @type {ParlanceError} */ reason) {
    this.#state = "idle";
    if (reason.retryable) {
      this.#joinLater(this.#backoff, reason.retryAfterMs);
    } else {
      this.#port.left(this.#room, reason);
    }
  }

  /** @param {Backoff} backoff @param {number} [atLeastMs] */
  #joinLater(backoff, atLeastMs) {
    // A lost connection ends this round before the time is up.
    const round = this.#round;
    this.#port.after(backoff.next(atLeastMs), () => {
      if (round === this.#round) {
        this.#join();
      }
    });
  }

  /** Emits the next events, drops known ones, and joins again when one is missing or differs. */
  #takeInOrder(/** @type {RoomEvent[]} */ events) {
    const round = this.#round;
    for (const event of events) {
      if (this.#cursor === null && event.seq <= this.#position()) {
        this.#cursor = { seq: event.seq - 1, stamp: null };
      }
      if (event.seq > this.#position() + 1 || this.#isAnother(event)) {
        this.#join();
        return;
      }
      if (event.seq <= this.#position()) {
        continue;
      }
      this.#cursor = { seq: event.seq, stamp: event.stamp };
      this.#first ??= event.seq;
      this.#port.event(this.#room, event);
      if (round !== this.#round) {
        // A listener has left the room, or closed everything.
        return;
      }
    }
    if (this.#state === "live") {
      this.#atRest();
    }
  }

  /** True for another event with the seq of the cursor. */
  #isAnother(/** @type {RoomEvent} */ event) {
    const cursor = this.#cursor;
    return cursor !== null && cursor.stamp !== null && event.seq === cursor.seq && event.stamp !== cursor.stamp;
  }

  /**
   * Starts over, because the history of the room is not the emitted one: the application drops the room, and gets it
   * again from its first event on, or from the newest when there are more events than the library pages.
   */
  #readAnew(/** @type {number} */ head) {
    if (this.#cursor === null) {
      this.#floor = null;
      this.#join();
      return;
    }
    const first = this.#firstUpTo(head);
    if (first > head || head - first >= this.#settings.pageAtMost || this.#anew >= this.#settings.readAnewAtMost) {
      void this.#handOver(0);
      return;
    }
    this.#anew++;
    this.#first = first;
    this.#cursor = { seq: first - 1, stamp: null };
    this.#state = "live";
    const round = this.#round;
    this.#port.reset(this.#room, 0, head, first);
    if (round === this.#round) {
      this.#catchUp(first - 1, head);
    }
  }

  /** The event from which the application gets the room, of a history that may be shorter than its copy. */
  #firstUpTo(/** @type {number} */ head) {
    if (this.#first !== null && this.#first <= head) {
      return this.#first;
    }
    return this.#wantsNewest ? Math.max(1, head - NEWEST + 1) : head + 1;
  }

  /** Pages events that the server will not send, or leaves them to the application when they are too many. */
  #catchUp(/** @type {number} */ from, /** @type {number} */ head) {
    if (head > from && head - from <= this.#settings.pageAtMost) {
      this.#state = "paging";
      void this.#pageUpTo(head, this.#round);
    } else if (head !== from) {
      void this.#handOver(from);
    }
  }

  async #pageUpTo(/** @type {number} */ head, /** @type {number} */ round) {
    while (this.#position() < head) {
      const from = this.#position();
      const page = await this.#nextPage(this.#cursor, round);
      if (round !== this.#round) {
        return;
      }
      if (page === "changed") {
        this.#joinLater(this.#calm);
        return;
      }
      this.#takeInOrder(page?.events ?? []);
      if (round !== this.#round) {
        return;
      }
      if (this.#position() === from) {
        // There is nothing to page, or the user is not allowed to: the application must know that events are missing.
        void this.#handOver(from);
        return;
      }
    }
    this.#join();
  }

  /**
   * Retries until there is an answer.
   *
   * @returns {Promise<{events: RoomEvent[], head: number} | "changed" | null>} null when it is useless
   */
  async #nextPage(/** @type {Cursor | null} */ after, /** @type {number} */ round) {
    while (round === this.#round) {
      try {
        return await this.#port.page(this.#room, after);
      } catch (failure) {
        if (failure instanceof ParlanceError && failure.code === HISTORY_CHANGED) {
          return "changed";
        }
        if (!(failure instanceof ParlanceError && failure.retryable)) {
          return null;
        }
        const waitMs = this.#backoff.next(failure.retryAfterMs);
        await new Promise((waited) => this.#port.after(waitMs, () => waited(null)));
      }
    }
    return null;
  }

  /**
   * Leaves the events after `from` to the application, and continues after the newest event. That one is requested
   * before the application is told: so the application then reads its history, or a later one, which the next join
   * detects.
   */
  async #handOver(/** @type {number} */ from) {
    const round = this.#round;
    this.#state = "paging";
    const newest = await this.#nextPage(null, round);
    // Without a stamp nothing was emitted up to here that could be kept.
    const kept = from > 0 && this.#cursor !== null && this.#cursor.stamp !== null ? this.#cursor : null;
    const proof = kept && (await this.#nextPage(kept, round));
    if (round !== this.#round) {
      return;
    }
    const last = newest === "changed" ? undefined : newest?.events.at(-1);
    if (!last || proof === "changed") {
      this.#joinLater(this.#calm);
      return;
    }
    this.#cursor = { seq: last.seq, stamp: last.stamp };
    this.#first = last.seq + 1;
    this.#port.reset(this.#room, kept ? kept.seq : 0, last.seq, last.seq + 1);
    if (round === this.#round) {
      this.#join();
    }
  }

  #atRest() {
    this.#anew = 0;
    this.#calm.reset();
  }
}

/** @param {Cursor | null} cursor */
function fieldsOf(cursor) {
  return cursor && { since: cursor.seq, ...(cursor.stamp !== null && { stamp: cursor.stamp }) };
}
