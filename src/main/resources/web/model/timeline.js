import { answered, apply, isChange } from "./message-state.js";
import { Model } from "./model.js";

const PAGE = 60;
/** So many rows at most are held, and so shown: what goes beyond is let go at the far end. */
const HELD = 240;

/**
 * A window onto one room's sequence: a run of events without a gap, which grows at either end by pages of history, and at
 * the newest end by what comes live while it reaches there.
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
  /** The message that was asked for, until the list has shown it. @type {number | null} */
  target = null;
  /** What the user had read when the room was opened: the line between old and new is after it. @type {number | null} */
  readBefore = null;
  /** Whether somebody looks at the newest end. */
  followed = true;
  #client;
  /** Own messages and changes that are stored and have not come by yet. @type {Map<string, any>} */
  #sent = new Map();
  /** Live events that came while a page was on its way. @type {any[]} */
  #early = [];
  /** Events up to here have been applied to what is held; those after a gap wait for the pages that close it. */
  #appliedTo = 0;
  #round = 0;

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

  /** Shows the newest, or the place around one message, or where the user stopped to read. */
  async open({ seq = null, read = null } = {}) {
    this.target = seq;
    this.readBefore = read;
    const place = seq ?? (read !== null && read > 0 ? read : null);
    const isHeld = place === null ? this.atEnd : place + 1 >= this.first && place <= this.last;
    if (this.loaded && this.first > 0 && isHeld) {
      this.changed();
      return;
    }
    await this.#replace(place === null ? {} : { around: place });
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

  /** Tries again what failed while there was no connection. */
  again() {
    if (this.failed) {
      this.open({ seq: this.target, read: this.readBefore });
    } else if (this.loaded && this.last < this.head && this.followed) {
      this.newer();
    }
  }

  async older() {
    if (this.loaded && !this.loading && !this.atStart) {
      await this.#page("older", { before: this.first });
    }
  }

  async newer() {
    if (this.loaded && !this.loading && !this.atEnd) {
      await this.#page("newer", { after: this.last });
    }
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
      this.#sent.set(request.id, request);
    }
    this.changed();
  }

  /** Not all that happened up to a head will be told: shows the newest, unless somebody reads history that is still true. */
  reset(head) {
    const isTakenBack = head < this.head;
    this.head = Math.max(head, this.last + 1);
    if (this.followed || isTakenBack) {
      this.#replace({});
    }
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
    const sent = [...this.#sent.values()].filter((request) => request.seq > last);
    return [...sent, ...this.#client.unsent(this.room)].filter(fits);
  }

  /** A message that is held. */
  message(seq) {
    return this.items.find((item) => item.seq === seq);
  }

  async #replace(range) {
    const round = ++this.#round;
    this.loading = "newest";
    this.failed = false;
    this.#early = [];
    this.changed();
    try {
      const page = await this.#client.api.events(this.room, { ...range, limit: PAGE });
      if (round !== this.#round) {
        return;
      }
      this.items = shown(page);
      this.first = page.events[0]?.seq ?? 0;
      this.last = page.events.at(-1)?.seq ?? 0;
      this.#appliedTo = page.head;
      this.head = Math.max(page.head, this.#early.at(-1)?.seq ?? 0);
      this.followed = this.last >= this.head && this.target === null;
    } catch {
      this.failed = round === this.#round || this.failed;
    }
    this.#settled(round);
  }

  async #page(direction, range) {
    const round = ++this.#round;
    this.loading = direction;
    this.changed();
    try {
      const page = await this.#client.api.events(this.room, { ...range, limit: PAGE });
      if (round === this.#round) {
        this.#add(direction, page);
      }
    } catch {
      // The next scroll tries again.
    }
    this.#settled(round);
  }

  #add(direction, page) {
    this.head = Math.max(this.head, page.head);
    if (page.events.length === 0) {
      return;
    }
    if (direction === "older") {
      this.items = [...shown(page), ...this.items];
      this.first = page.events[0].seq;
      if (this.items.length > HELD) {
        this.items = this.items.slice(0, HELD);
        this.last = this.items.at(-1).seq;
      }
    } else {
      // What came with the page may be about messages that are held.
      page.events.forEach((event) => this.#touch(event));
      this.items = [...this.items, ...shown(page)];
      this.last = page.events.at(-1).seq;
      this.#appliedTo = Math.max(this.#appliedTo, this.last);
      this.#letGoOldest();
    }
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
  }

  #append(event) {
    if (event.seq <= this.#appliedTo + 1) {
      this.#touch(event);
      this.#appliedTo = Math.max(this.#appliedTo, event.seq);
    }
    if (event.seq === this.last + 1 && this.#hasPlace()) {
      this.last = event.seq;
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
    const index = this.items.findIndex((item) => item.seq === seq);
    if (index >= 0) {
      this.items = this.items.with(index, change(this.items[index]));
    }
  }

  #letGoOldest() {
    if (this.items.length > HELD) {
      this.items = this.items.slice(-HELD);
      this.first = this.items[0].seq;
    }
  }
}

function shown(page) {
  return page.events.filter(isShown).map((event) => ({ ...event, asOf: page.head }));
}

function isShown(event) {
  return event.kind === "message" || event.kind === "membership" || event.kind === "room";
}
