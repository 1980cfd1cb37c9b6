import { answered, apply, isChange } from "./message-state.js";
import { NONE, indexOf, isSame, isShown, itemOf, shown } from "./history-page.js";
import { Model } from "./model.js";
import { Retries } from "./retries.js";

const PAGE = 60;
/** So many rows at most are held, and so shown: what goes beyond is let go at the far end. */
const HELD = 240;
const HISTORY_CHANGED = "history.changed";

/**
 * A window onto one room's sequence: a run of events without a gap, which grows at either end by pages of history, and at
 * the newest end by what comes live while it reaches there.
 *
 * A page is added only when it goes on from the very event at that end, which its stamp proves: after a restored backup
 * other events can have the seqs of those that are held. Then, as after a `reset` from 0, all is loaded again and replaced at
 * once, at the same place when the message there is still the same.
 */
export class Timeline extends Model {
  /** Messages and notices, rising in seq; each object is replaced, not changed. @type {any[]} */
  items = [];
  /** The run of seqs that is held; 0 when nothing is. */
  first = 0;
  last = 0;
  /** The newest seq that is known. */
  head = 0;
  /** @type {"newest" | "older" | "newer" | null} */
  loading = null;
  failed = false;
  /** The seq of the message that was asked for, until the list has shown it. @type {number | null} */
  target = null;
  /** What the user had read when the room was opened: the line between old and new is after it. @type {number | null} */
  readBefore = null;
  /** Whether somebody looks at the newest end. */
  followed = true;
  /** Number of changes of the room's history. */
  history = 0;
  /** Gives the event at the top of the list that shows this; null when none does. @type {(() => any) | null} */
  place = null;
  /** The stamps of the events `first` and `last`. */
  #stamps = { first: "", last: "" };
  /** The stamp of the target, where it is known. @type {string | null} */
  #targetStamp = null;
  /** True while the items may be of a history that is not the room's any more. */
  #unsure = false;
  /** True when {@link check} waits for the page that is loading. */
  #toCheck = false;
  #client;
  /** Own messages and changes that are stored and have not come by yet. @type {Map<string, any>} */
  #sent = new Map();
  /** Live events that came while a page was on its way. @type {any[]} */
  #early = [];
  /** Events up to here have been applied to what is held; those after a gap wait for the pages that close it. */
  #appliedTo = 0;
  #round = 0;
  /** Of pages that could not be loaded, while the list is on the screen. */
  #retries = new Retries(() => this.place !== null && (this.failed ? this.again() : this.changed()));

  constructor(room, client) {
    super();
    this.room = room;
    this.#client = client;
  }

  get atStart() {
    return this.first === 1 || (this.last === 0 && this.head === 0 && this.loaded);
  }

  get atEnd() {
    return this.loaded && this.last >= this.head;
  }

  get loaded() {
    return this.#round > 0 && this.loading !== "newest" && !this.failed;
  }

  /** The stamp of the event `last`. */
  get lastStamp() {
    return this.#stamps.last;
  }

  /**
   * Shows the newest, or the place around one message, or where the user stopped to read.
   *
   * @param {{seq?: number | null, stamp?: string | null, read?: number | null}} [where] the stamp of the message, as far as it
   *   is known
   * @returns {Promise<boolean>} false when another message has that seq, or none: then the newest are shown
   */
  async open({ seq = null, stamp = null, read = null } = {}) {
    [this.target, this.#targetStamp, this.readBefore] = [seq, stamp, read];
    const place = seq ?? (read !== null && read > 0 ? read : null);
    const isHeld = place === null ? this.atEnd : place + 1 >= this.first && place <= this.last;
    if (this.loaded && this.first > 0 && isHeld && (stamp === null || this.message(seq, stamp))) {
      this.changed();
      return true;
    }
    return this.#replace(place === null ? {} : { around: place }, stamp === null ? null : { seq, stamp });
  }

  /** Leaves the place in history for the newest end. */
  async latest() {
    this.target = null;
    if (!this.atEnd) {
      await this.#replace({});
    }
    this.followed = true;
    this.changed();
  }

  /** Tries again at once what failed. */
  again() {
    this.#retries.stop();
    if (this.failed) {
      this.open({ seq: this.target, stamp: this.#targetStamp, read: this.readBefore });
    } else if (this.loaded && this.last < this.head && this.followed) {
      this.newer();
    }
  }

  async older() {
    if (this.loaded && !this.loading && !this.atStart && !this.#retries.waiting) {
      await this.#page("older", { before: this.first + 1, limit: PAGE + 1 });
    }
  }

  async newer() {
    if (this.loaded && !this.loading && !this.atEnd && !this.#retries.waiting) {
      await this.#newer();
    }
  }

  /** The room is followed from now on: the page loaded before may be of another history than the live events. */
  check() {
    this.#toCheck = this.loading !== null;
    if (this.loaded && !this.loading && this.last > 0) {
      this.#newer();
    }
  }

  #newer() {
    return this.#page("newer", { after: this.last, stamp: this.#stamps.last, limit: PAGE });
  }

  /** The next event of the room, live. */
  take(event) {
    this.head = Math.max(this.head, event.seq);
    this.#sent.delete(event.id);
    if (this.loading) {
      this.#early.push(event);
    } else if (this.loaded) {
      this.#append(event);
    }
    this.changed();
  }

  requestChanged(request) {
    if (request.state === "sent") {
      this.#sent.set(request.id, { request, history: this.history });
    }
    this.changed();
  }

  /**
   * Not all that happened up to a head will be told: shows the newest, unless somebody reads history that is still true. From
   * 0 nothing that is held is sure.
   */
  reset({ from, head }) {
    if (from === 0) {
      this.#loadAgain();
      return;
    }
    this.head = Math.max(head, this.last + 1);
    if (this.followed) {
      this.#replace({});
    }
  }

  /** Loads all again, around the message that is read if it is still there. */
  #loadAgain() {
    const read = this.followed ? null : (this.place?.() ?? null);
    this.history++;
    this.#unsure = true;
    this.target = null;
    this.#targetStamp = null;
    this.#replace(read === null ? {} : { around: read.seq }, read);
  }

  /** Own messages that the room has not shown yet: what is stored first, for it is before what waits. */
  pending() {
    return this.#notCome((request) => request.type === "post", this.last);
  }

  /** Own changes of messages that have not been applied to them yet, in the order in which they were asked for. */
  pendingChanges() {
    return this.#notCome((request) => request.type !== "post", this.#appliedTo);
  }

  #notCome(fits, last) {
    const sent = [...this.#sent.values()].map(({ request }) => request).filter((request) => request.seq > last);
    return [...sent, ...this.#client.unsent(this.room)].filter(fits);
  }

  /** A message that is held. @param {number} seq @param {string} [stamp] finds no other with that seq */
  message(seq, stamp) {
    return itemOf(this.items, seq, stamp);
  }

  /**
   * @param {{around?: number}} range
   * @param {{seq: number, stamp: string} | null} [wanted] what has to be in the page; else the newest page is shown
   * @returns {Promise<boolean>} whether it was
   */
  async #replace(range, wanted = null) {
    const round = ++this.#round;
    this.loading = "newest";
    this.failed = false;
    this.#early = [];
    this.changed();
    let isThere = true;
    try {
      let page = await this.#client.api.events(this.room, { ...range, limit: PAGE });
      isThere = wanted === null || page.events.some((event) => isSame(event, wanted));
      if (!isThere && round === this.#round) {
        page = await this.#client.api.events(this.room, { limit: PAGE });
      }
      if (round !== this.#round) {
        return true;
      }
      this.#retries.succeeded();
      this.target = isThere ? this.target : null;
      this.#show(page);
      this.followed = this.last >= this.head && (wanted === null || !isThere) && this.target === null;
    } catch (failure) {
      this.#fail(round, failure);
    }
    this.#settled(round);
    return isThere;
  }

  #show(page) {
    if (this.#unsure) {
      this.#forget(page);
    }
    this.items = shown(page);
    this.#begin(page.events[0] ?? NONE);
    this.#end(page.events.at(-1) ?? NONE);
    this.#appliedTo = page.head;
    this.head = Math.max(page.head, this.#early.at(-1)?.seq ?? 0);
  }

  /** The read marker of a changed history ends where both are the same, and own messages are there or lost. */
  #forget(page) {
    this.#unsure = false;
    if (this.readBefore !== null) {
      const both = this.items.findLast((item) => page.events.some((event) => isSame(event, item)));
      this.readBefore = both ? Math.min(this.readBefore, both.seq) : null;
    }
    this.#sent.forEach(({ history }, id) => history < this.history && this.#sent.delete(id));
  }

  #fail(round, failure) {
    if (round !== this.#round) {
      return;
    }
    this.failed = true;
    this.#retries.failed(failure);
    if (this.#unsure) {
      this.items = [];
      this.#begin(NONE);
      this.#end(NONE);
    }
  }

  async #page(direction, range) {
    const round = ++this.#round;
    this.loading = direction;
    this.changed();
    try {
      const page = await this.#client.api.events(this.room, range);
      if (round === this.#round) {
        this.#retries.succeeded();
        this.#add(direction, page);
      }
    } catch (failure) {
      this.#pageFailed(round, failure);
    }
    this.#settled(round);
  }

  #pageFailed(round, failure) {
    if (round === this.#round && failure.code === HISTORY_CHANGED) {
      this.#loadAgain();
    } else if (round === this.#round) {
      this.#retries.failed(failure);
    }
  }

  #add(direction, page) {
    this.head = Math.max(this.head, page.head);
    if (direction === "newer") {
      this.#addNewer(page);
    } else if (isSame(page.events.at(-1), { seq: this.first, stamp: this.#stamps.first })) {
      this.#addOlder({ ...page, events: page.events.slice(0, -1) });
    } else {
      this.#loadAgain();
    }
  }

  #addOlder(page) {
    if (page.events.length > 0) {
      this.items = [...shown(page), ...this.items];
      this.#begin(page.events[0]);
      if (this.items.length > HELD) {
        this.items = this.items.slice(0, HELD);
        this.#end(this.items.at(-1));
      }
    }
  }

  #addNewer(page) {
    if (page.events.length > 0) {
      // What came with the page may be about messages that are held.
      page.events.forEach((event) => this.#touch(event));
      this.items = [...this.items, ...shown(page)];
      this.#end(page.events.at(-1));
      this.#appliedTo = Math.max(this.#appliedTo, this.last);
      this.#letGoOldest();
    }
  }

  /** Makes this event the first of the run. */
  #begin({ seq, stamp }) {
    this.first = seq;
    this.#stamps.first = stamp;
  }

  /** Makes this event the last of the run. */
  #end({ seq, stamp }) {
    this.last = seq;
    this.#stamps.last = stamp;
  }

  #settled(round) {
    if (round !== this.#round) {
      return;
    }
    this.loading = null;
    const early = this.#early;
    this.#early = [];
    early.forEach((event) => this.#append(event));
    this.changed();
    if (this.#toCheck) {
      this.check();
    }
  }

  #append(event) {
    if (event.seq <= this.#appliedTo + 1) {
      this.#touch(event);
      this.#appliedTo = Math.max(this.#appliedTo, event.seq);
    }
    if (event.seq === this.last + 1 && this.#hasPlace()) {
      this.#end(event);
      if (isShown(event)) {
        this.items = [...this.items, { ...event, asOf: event.seq }];
        this.#letGoOldest();
      }
    } else if (event.seq > this.last && this.followed) {
      this.newer();
    }
  }

  /** Whoever reads history keeps its place: what comes live is then left for when it comes back. */
  #hasPlace() {
    return this.followed || this.items.length < HELD;
  }

  /** Changes the messages that an event is about. */
  #touch(event) {
    if (isChange(event)) {
      this.#replaceItem(event.target, (message) => apply(message, event));
    } else if (event.kind === "message" && event.thread !== undefined) {
      this.#replaceItem(event.thread, (message) => answered(message, event));
    }
  }

  #replaceItem(seq, change) {
    const index = indexOf(this.items, seq);
    if (index >= 0) {
      this.items = this.items.with(index, change(this.items[index]));
    }
  }

  #letGoOldest() {
    if (this.items.length > HELD) {
      this.items = this.items.slice(-HELD);
      this.#begin(this.items[0]);
    }
  }
}
