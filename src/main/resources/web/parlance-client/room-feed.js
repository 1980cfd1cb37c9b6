import { Backoff } from "./backoff.js";
import { ParlanceError } from "./errors.js";
import { HISTORY_CHANGED } from "./protocol.js";

/** As many as the server sends of a room that is joined without a cursor. */
const NEWEST = 20;

/**
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./protocol.js").Cursor} Cursor
 *
 * @typedef {object} FeedPort what a feed needs of the client around it
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(room: string, after: Cursor | null) => Promise<{events: RoomEvent[], head: number}>} page the next events, by
 *   REST, or the newest one without a cursor
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
  /** Waits while the history changes again and again. */
  #calm;
  #wantsNewest;
  /** @type {Cursor | null} the last event handed out, or before the first one the application said it has */
  #cursor;
  /** @type {number | null} the first event that the application has, or is to get */
  #first;
  /** @type {number | null} the head at the first join: whatever the replay brings, nothing after this may be missing */
  #floor = null;
  /** Number of times that the history was read anew since the feed was last at rest. */
  #anew = 0;
  /** Changes with each join, so that what an earlier one began has no effect any more. */
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

  /** Whether the server takes requests to this room on this connection. */
  get isJoined() {
    return this.#state === "live" || this.#state === "paging";
  }

  online() {
    this.#join();
  }

  /** The connection is lost, or the room is no longer followed. */
  lost() {
    this.#round++;
    this.#state = "idle";
  }

  /** While the room is paged, live events are passed over: joining again afterwards brings them. @param {RoomEvent[]} events */
  take(events) {
    if (this.#state === "live") {
      this.#takeInOrder(events);
    }
  }

  /** The server says how far it has got with this connection: nothing up to there is still on its way. */
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

  /** The room is too far ahead to be sent; or, from another seq than the cursor's, its history is not the one of the cursor. */
  reset(/** @type {ServerFrame} */ frame) {
    if (!this.isJoined) {
      return;
    }
    this.#round++;
    if (this.#cursor !== null && frame.from === this.#position()) {
      this.#state = "live";
      this.#catchUp(frame.from, frame.head);
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
    this.#port.ask({ type: "join", room: this.#room, ...(isProof && fieldsOf(cursor)) }, (answer) => {
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

  /** @param {number} head @param {boolean} isProof whether the join named an event that the server has compared with its own */
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
      // Nothing was handed out before the connection was lost: there is nothing to be proved.
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

  /** Hands on what is next, drops what is known, and asks again when something is missing or is not what it was. */
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
        // Whoever was told has left the room, or closed everything.
        return;
      }
    }
    if (this.#state === "live") {
      this.#atRest();
    }
  }

  /** True of an event that has the seq of the cursor and is another one. */
  #isAnother(/** @type {RoomEvent} */ event) {
    const cursor = this.#cursor;
    return cursor !== null && cursor.stamp !== null && event.seq === cursor.seq && event.stamp !== cursor.stamp;
  }

  /**
   * The history of the room is not the one that was handed out: the application forgets the room, and gets it again from its
   * first event on, or from the newest when there are more than the library pages.
   */
  #readAnew(/** @type {number} */ head) {
    if (this.#cursor === null) {
      this.#floor = null;
      this.#join();
      return;
    }
    const first = this.#firstUpTo(head);
    if (first > head || head - first >= this.#settings.pageAtMost || this.#anew >= this.#settings.readAnewAtMost) {
      this.#handOver(0);
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

  /** The event from which the application gets the room, of a history that may be shorter than the one it had. */
  #firstUpTo(/** @type {number} */ head) {
    if (this.#first !== null && this.#first <= head) {
      return this.#first;
    }
    return this.#wantsNewest ? Math.max(1, head - NEWEST + 1) : head + 1;
  }

  /** Pages events that the server will not send, or hands them over when they are too many. */
  #catchUp(/** @type {number} */ from, /** @type {number} */ head) {
    if (head > from && head - from <= this.#settings.pageAtMost) {
      this.#state = "paging";
      this.#pageUpTo(head, this.#round);
    } else if (head !== from) {
      this.#handOver(from);
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
        // There is nothing to page, or the user may not: the application has to know that something is missing.
        this.#handOver(from);
        return;
      }
    }
    this.#join();
  }

  /**
   * Tries until there is an answer.
   *
   * @returns {Promise<{events: RoomEvent[], head: number} | "changed" | null>} null when there is no use
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
   * Leaves what came after `from` to the application, and goes on after the newest event. That one is asked for before the
   * application is told: so what the application reads then is of its history, or of a later one, which the next join finds.
   */
  async #handOver(/** @type {number} */ from) {
    const round = this.#round;
    this.#state = "paging";
    const newest = await this.#nextPage(null, round);
    // Without a stamp nothing was handed out up to here that could be kept.
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
