import { EventRun } from "./event-run.js";
import { asideOf, isInRoom, isSame } from "./history-page.js";
import { NO_COPIES, copyWith } from "./kept-run.js";
import { OwnRequests } from "./own-requests.js";
import { Retries } from "./retries.js";

const PAGE = 60;
const HISTORY_CHANGED = "history.changed";

/**
 * A window onto one room's sequence, which loads itself: it grows at either end by pages of history, and at the newest
 * end by live events while it reaches there.
 *
 * A page is added only when it continues from exactly the event at that end, which its stamp proves: after a restored
 * backup other events can have the seqs of the present ones. Then, as after a `reset` since 0, everything is loaded
 * again and replaced at once, at the same place when the message there is still the same.
 */
export class Timeline extends EventRun {
  /** The newest known seq. */
  head = 0;
  /** @type {"newest" | "older" | "newer" | null} */
  loading = null;
  failed = false;
  /** Seq of the requested message, until the list has shown it. @type {number | null} */
  target = null;
  /** The requested message, when it is a reply that only its thread shows. @type {Page.RoomEvent | null} */
  aside = null;
  /**
   * Read marker of the user when the room was opened: the line between old and new follows it. @type {number | null}
   */
  readBefore = null;
  /** True while the user looks at the newest end. */
  followed = true;
  /** Number of changes of the room's history. */
  history = 0;
  /** Returns the event at the top of the visible list; null when no list shows this. @type {(() => Page.Message | null) | null} */
  place = null;
  /** Time of the shown state while it is a copy of the browser's. @type {number | null} */
  copiedAt = null;
  /** Stamp of the target, if known. @type {string | null} */
  #targetStamp = null;
  /** True while the items may be of an old history of the room. */
  #unsure = false;
  /** True when {@link check} waits for the page that is loading. */
  #toCheck = false;
  #client;
  #copies;
  #own;
  /** Live events that arrived while a page was being loaded. @type {Page.RoomEvent[]} */
  #early = [];
  #round = 0;
  /** Retries of failed pages, while the list is on the screen. */
  #retries = new Retries(() => this.place !== null && (this.failed || this.copiedAt !== null ? this.again() : this.changed()));

  /** @param {string} room @param {Page.Client} client */
  constructor(room, client, copies = NO_COPIES) {
    super();
    this.room = room;
    this.#client = client;
    this.#copies = copies;
    this.#own = new OwnRequests(room, client);
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

  /**
   * Shows the newest messages, those around one message, or those around the read marker.
   *
   * @param {{seq?: number | null, stamp?: string | null, readTo?: number | null}} [where] the stamp of the message, if
   *   known
   * @returns {Promise<boolean>} false when another message has that seq, or none: then the newest ones are shown
   */
  async open({ seq = null, stamp = null, readTo = null } = {}) {
    [this.target, this.#targetStamp, this.readBefore, this.aside] = [seq, stamp, readTo, null];
    const place = seq ?? (readTo !== null && readTo > 0 ? readTo : null);
    const isHeld = place === null ? this.atEnd : place + 1 >= this.first && place <= this.last;
    if (this.loaded && this.first > 0 && isHeld && (seq === null || this.message(seq, stamp ?? undefined))) {
      this.changed();
      return true;
    }
    return this.#replace(
      place === null ? {} : { around: place },
      stamp === null ? null : /** @type {{seq: number, stamp: string}} */ ({ seq, stamp }),
    );
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

  /** Retries at once. */
  again() {
    this.#retries.stop();
    if (this.failed) {
      void this.open({ seq: this.target, stamp: this.#targetStamp, readTo: this.readBefore });
    } else if (this.copiedAt !== null) {
      this.check();
    } else if (this.loaded && this.last < this.head && this.followed) {
      void this.newer();
    }
  }

  async older() {
    if (this.loaded && !this.loading && !this.atStart && !this.#retries.waiting) {
      await this.#page("older", { before: this.first + 1, limit: PAGE + 1 });
    }
  }

  async newer() {
    if (this.loaded && !this.loading && !this.atEnd && !this.#retries.waiting) {
      await this.#page("newer", { after: this.last, stamp: this.lastStamp, limit: PAGE });
    }
  }

  /** Called when the room is followed: a page loaded before may be of another history than the live events. */
  check() {
    this.#toCheck = this.loading !== null;
    if (this.loaded && !this.loading && this.last > 0) {
      void this.#page("newer", { after: this.last, stamp: this.lastStamp, limit: PAGE });
    }
  }

  /** The next event of the room, live. @param {Page.RoomEvent} event */
  take(event) {
    this.head = Math.max(this.head, event.seq);
    this.#own.cameBy(/** @type {string} */ (event.id));
    if (this.loading) {
      this.#early.push(event);
    } else if (this.loaded && this.copiedAt === null) {
      this.#append(event);
      this.#copies.changed(this.room);
    }
    this.changed();
  }

  /** @param {Page.Request} request */
  requestChanged(request) {
    this.#own.changed(request, this.history);
    this.changed();
  }

  /**
   * Handles a reset: not all events up to a head will arrive. Shows the newest ones, unless the user reads older
   * history that is still true. From 0 none of the items is certain.
   *
   * @param {{since: number, head: number}} given
   */
  reset({ since, head }) {
    if (since === 0) {
      this.#loadAgain();
      return;
    }
    this.head = Math.max(head, this.last + 1);
    if (this.followed) {
      void this.#replace({});
    }
  }

  /** Loads everything again, around the message at the top of the list if it still exists. */
  #loadAgain() {
    void this.#copies.drop(this.room);
    this.history++;
    this.#unsure = true;
    this.#replaceInPlace();
  }

  #replaceInPlace() {
    const read = this.followed ? null : (this.place?.() ?? null);
    [this.target, this.#targetStamp] = [null, null];
    void this.#replace(read === null ? {} : { around: read.seq }, read);
  }

  /** The user's messages that the room has not shown yet: stored ones first, because they precede the waiting ones. */
  pending() {
    return this.#own.after(this.last, ({ type, fields }) => type === "post" && isInRoom(fields));
  }

  /** The user's changes of messages that have not been applied yet, in the order of the requests. */
  pendingChanges() {
    return this.#own.after(this.appliedTo, ({ type }) => type !== "post");
  }

  /**
   * @param {{around?: number}} range
   * @param {{seq: number, stamp: string} | null} [wanted] message that must be in the page; else the newest page is
   *   shown
   * @returns {Promise<boolean>} true when it was
   */
  async #replace(range, wanted = null) {
    const round = ++this.#round;
    this.loading = "newest";
    this.failed = false;
    this.#early = [];
    this.changed();
    const copying = this.last === 0 && !this.#unsure ? this.#showCopy(round) : null;
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
      this.aside = asideOf(page, this.target);
      this.target = this.aside === null ? this.target : null;
      this.followed = this.last >= this.head && (wanted === null || !isThere) && this.target === null;
    } catch (failure) {
      await copying;
      this.#fail(round, failure);
    }
    this.#settled(round);
    return isThere;
  }

  /** Shows the browser's copy of the room, if it has the target, until the page arrives. @param {number} round */
  async #showCopy(round) {
    const copy = await copyWith(this.#copies, this.room, this.target, this.#targetStamp);
    if (copy && round === this.#round && this.loading === "newest") {
      this.#show(/** @type {Page.EventPage} */ (copy));
      this.copiedAt = copy.at;
      this.changed();
    }
  }

  /** @param {Page.EventPage} page */
  #show(page) {
    if (this.#unsure) {
      this.#forget(page);
    }
    this.copiedAt = null;
    this.fill(page);
    this.head = Math.max(page.head, this.#early.at(-1)?.seq ?? 0);
  }

  /**
   * Moves the read marker of a changed history to the end of the common part, and drops own messages that are stored or
   * lost.
   *
   * @param {Page.EventPage} page
   */
  #forget(page) {
    this.#unsure = false;
    if (this.readBefore !== null) {
      const both = this.items.findLast((item) => page.events.some((event) => isSame(event, item)));
      this.readBefore = both ? Math.min(this.readBefore, both.seq) : null;
    }
    this.#own.forgetBefore(this.history);
  }

  /** @param {number} round @param {Page.Failure} failure */
  #fail(round, failure) {
    if (round !== this.#round) {
      return;
    }
    // A copy stays, and is checked as soon as the server can be reached.
    this.failed = this.copiedAt === null || this.#unsure || failure.retryable === false;
    this.#retries.failed(failure);
    if (this.failed && (this.#unsure || this.copiedAt !== null)) {
      this.#show({ events: [], head: 0 });
    }
  }

  /** @param {"older" | "newer"} direction @param {import("../parlance-client/api.js").Range} range */
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

  /** @param {number} round @param {Page.Failure} failure */
  #pageFailed(round, failure) {
    if (round === this.#round && failure.code === HISTORY_CHANGED) {
      this.#loadAgain();
    } else if (round === this.#round) {
      this.#retries.failed(failure);
    }
  }

  /** @param {"older" | "newer"} direction @param {Page.EventPage} page */
  #add(direction, page) {
    this.head = Math.max(this.head, page.head);
    if (direction === "newer") {
      // A page that continues from the last event of a copy proves it. When more than a page has come since, everything
      // is loaded again.
      const isProof = this.copiedAt !== null;
      this.copiedAt = null;
      this.addNewer(page);
      if (isProof && this.last < this.head) {
        this.#replaceInPlace();
      }
    } else if (isSame(page.events.at(-1), { seq: this.first, stamp: this.firstStamp })) {
      this.addOlder({ ...page, events: page.events.slice(0, -1) });
    } else {
      this.#loadAgain();
    }
  }

  /** @param {number} round */
  #settled(round) {
    if (round !== this.#round) {
      return;
    }
    this.loading = null;
    // The page that proves a copy brings the events since.
    const early = this.copiedAt === null ? this.#early : [];
    this.#early = [];
    early.forEach((event) => this.#append(event));
    this.#copies.changed(this.room);
    this.changed();
    if (this.#toCheck) {
      this.check();
    }
  }

  /** @param {Page.RoomEvent} event */
  #append(event) {
    // The window of a user who reads older history stays; live events are loaded when the user returns.
    if (!this.append(event, this.followed) && this.followed) {
      void this.newer();
    }
  }
}
