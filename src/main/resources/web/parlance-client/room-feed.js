import { Backoff } from "./backoff.js";
import { ParlanceError } from "./errors.js";

/**
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 *
 * @typedef {object} FeedPort what a feed needs of the client around it
 * @property {(frame: import("./protocol.js").ClientFrame, answered: import("./connection.js").Answered) => void} ask
 * @property {(room: string, after: number) => Promise<{events: RoomEvent[], head: number}>} page the next events, by REST
 * @property {(room: string, event: RoomEvent) => void} event the room's next event
 * @property {(room: string, head: number) => void} joined
 * @property {(room: string, from: number, head: number) => void} reset
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
 */
export class RoomFeed {
  /** @type {"idle" | "joining" | "live" | "paging"} */
  #state = "idle";
  #room;
  #port;
  #settings;
  #backoff;
  /** @type {number | null} the last event handed out, or before the first one the application said it has */
  #last;
  /** @type {number} the head at the first join: whatever the replay brings, nothing after this may be missing */
  #floor = 0;
  #seenFloor = false;
  /** Changes with each join, so that what an earlier one began has no effect any more. */
  #round = 0;

  /**
   * @param {string} room
   * @param {number | null} since the last event the application has, null for the newest few
   * @param {FeedPort} port
   * @param {import("./settings.js").Settings} settings
   */
  constructor(room, since, port, settings) {
    this.#room = room;
    this.#last = since;
    this.#port = port;
    this.#settings = settings;
    this.#backoff = new Backoff(port.random, settings);
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
    if (this.#state === "live" && head > this.#position()) {
      this.#join();
    }
  }

  /** Too far behind to be sent everything; or the server lost what was shown, and goes on at an earlier head. */
  reset(/** @type {ServerFrame} */ frame) {
    if (!this.isJoined) {
      return;
    }
    const round = ++this.#round;
    const from = this.#position();
    this.#state = "live";
    if (frame.head > from && frame.head - from <= this.#settings.pageAtMost) {
      this.#state = "paging";
      this.#pageUpTo(frame.head, round);
    } else if (frame.head !== from) {
      this.#skipTo(Math.min(from, frame.head), frame.head);
    }
  }

  #position() {
    return this.#last ?? this.#floor;
  }

  #join() {
    const round = ++this.#round;
    this.#state = "joining";
    const since = this.#last === null && !this.#seenFloor ? {} : { since: this.#position() };
    this.#port.ask({ type: "join", room: this.#room, ...since }, (answer) => {
      if (round !== this.#round) {
        return;
      }
      if (answer instanceof ParlanceError) {
        this.#refused(answer);
      } else {
        this.#joined(answer.head);
      }
    });
  }

  #joined(/** @type {number} */ head) {
    this.#backoff.reset();
    this.#state = "live";
    if (this.#last === null && !this.#seenFloor) {
      this.#floor = head;
      this.#seenFloor = true;
    }
    this.#port.joined(this.#room, head);
  }

  #refused(/** @type {ParlanceError} */ reason) {
    this.#state = "idle";
    if (!reason.retryable) {
      this.#port.left(this.#room, reason);
      return;
    }
    // A lost connection ends this round before the time is up.
    const round = this.#round;
    this.#port.after(this.#backoff.next(reason.retryAfterMs), () => {
      if (round === this.#round) {
        this.#join();
      }
    });
  }

  /** Hands on what is next, drops what is known, and asks again when something is missing. */
  #takeInOrder(/** @type {RoomEvent[]} */ events) {
    const round = this.#round;
    for (const event of events) {
      if (this.#last === null && event.seq <= this.#floor) {
        this.#last = event.seq - 1;
      }
      if (event.seq <= this.#position()) {
        continue;
      }
      if (event.seq > this.#position() + 1) {
        this.#join();
        return;
      }
      this.#last = event.seq;
      this.#port.event(this.#room, event);
      if (round !== this.#round) {
        // Whoever was told has left the room, or closed everything.
        return;
      }
    }
  }

  async #pageUpTo(/** @type {number} */ head, /** @type {number} */ round) {
    while (this.#position() < head) {
      const from = this.#position();
      const page = await this.#nextPage(from, round);
      if (round !== this.#round) {
        return;
      }
      this.#takeInOrder(page?.events ?? []);
      if (round !== this.#round) {
        return;
      }
      if (this.#position() === from) {
        // There is nothing to page, or the user may not: the application has to know that something is missing.
        this.#skipTo(from, head);
        break;
      }
    }
    this.#join();
  }

  /** Tries until there is an answer. @returns {Promise<{events: RoomEvent[]} | null>} null when there is no use */
  async #nextPage(/** @type {number} */ from, /** @type {number} */ round) {
    while (round === this.#round) {
      try {
        return await this.#port.page(this.#room, from);
      } catch (failure) {
        if (!(failure instanceof ParlanceError && failure.retryable)) {
          return null;
        }
        const waitMs = this.#backoff.next(failure.retryAfterMs);
        await new Promise((waited) => this.#port.after(waitMs, () => waited(null)));
      }
    }
    return null;
  }

  #skipTo(/** @type {number} */ from, /** @type {number} */ head) {
    this.#last = head;
    this.#port.reset(this.#room, from, head);
  }
}
