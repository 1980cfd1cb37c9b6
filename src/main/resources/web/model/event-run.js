import { NONE, isShown, itemOf, shown } from "./history-page.js";
import { touched } from "./message-state.js";
import { Model } from "./model.js";

/** Limit of the rows, beyond which those at the far end are dropped. */
const HELD = 240;

/** A run of one room's events without a gap, and the messages and notices that they make. It grows at either end. */
export class EventRun extends Model {
  /** Messages and notices, rising in seq; each object is replaced, not changed. @type {Page.Message[]} */
  items = [];
  /** Seqs of the first and last event of the run; 0 when it is empty. */
  first = 0;
  last = 0;
  firstStamp = "";
  lastStamp = "";
  /** Seq up to which events have been applied to the items; those after a gap wait for the pages that close it. */
  appliedTo = 0;

  /** A message of the run. @param {number | undefined} seq @param {string} [stamp] excludes another message with that seq */
  message(seq, stamp) {
    return itemOf(this.items, seq, stamp);
  }

  /** Replaces all by a page. @param {Page.EventPage} page */
  fill(page) {
    this.items = shown(page);
    this.#begin(page.events[0] ?? NONE);
    this.#end(page.events.at(-1) ?? NONE);
    this.appliedTo = page.head;
  }

  /** Adds a page that ends before the first event. @param {Page.EventPage} page */
  addOlder(page) {
    if (page.events.length > 0) {
      this.items = [...shown(page), ...this.items];
      this.#begin(page.events[0]);
      if (this.items.length > HELD) {
        this.items = this.items.slice(0, HELD);
        this.#end(/** @type {Page.Message} */ (this.items.at(-1)));
      }
    }
  }

  /** Adds a page that begins after the last event. @param {Page.EventPage} page */
  addNewer(page) {
    if (page.events.length > 0) {
      // Events that arrived with the page may be about items.
      this.items = [...page.events.reduce(touched, this.items), ...shown(page)];
      this.#end(/** @type {Page.RoomEvent} */ (page.events.at(-1)));
      this.appliedTo = Math.max(this.appliedTo, this.last);
      this.#letGoOldest();
    }
  }

  /**
   * Applies a live event to the items, and adds it to the run if it is the next one.
   *
   * @param {Page.RoomEvent} event
   * @param {boolean} isFollowed false for a user who reads older history, whose full window stays
   * @returns {boolean} false when the event is after the run, and was not added
   */
  append(event, isFollowed) {
    if (event.seq <= this.appliedTo + 1) {
      this.items = touched(this.items, event);
      this.appliedTo = Math.max(this.appliedTo, event.seq);
    }
    if (event.seq === this.last + 1 && (isFollowed || this.items.length < HELD)) {
      this.#end(event);
      if (isShown(event)) {
        this.items = [...this.items, { ...event, asOf: event.seq }];
        this.#letGoOldest();
      }
    }
    return event.seq <= this.last;
  }

  /** Makes this event the first of the run. @param {{seq: number, stamp: string}} given */
  #begin({ seq, stamp }) {
    this.first = seq;
    this.firstStamp = stamp;
  }

  /** Makes this event the last of the run. @param {{seq: number, stamp: string}} given */
  #end({ seq, stamp }) {
    this.last = seq;
    this.lastStamp = stamp;
  }

  #letGoOldest() {
    if (this.items.length > HELD) {
      this.items = this.items.slice(-HELD);
      this.#begin(this.items[0]);
    }
  }
}
