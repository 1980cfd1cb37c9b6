import { MAX_PAGE } from "../parlance-client/index.js";
import { apply, isChange } from "./message-state.js";
import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";

/** A message and its replies, kept up to date with live events. */
export class Thread extends Model {
  /** First message of the thread. @type {Page.Message | null} */
  root = null;
  /** @type {Page.Message[]} */
  replies = [];
  loaded = false;
  failed = false;
  /** True once the history has changed and the first message is no longer in it. */
  gone = false;
  /** Stamp of the first message, as soon as it is known. @type {string | undefined} */
  stamp;
  #client;
  #room;
  #seq;
  #ends;
  /** Live events since the thread was requested, which the answers may lack. @type {Page.RoomEvent[] | null} */
  #early = null;
  /** Number of changes of the room's history, and the number that the messages here reflect. */
  #history = 0;
  #loadedOf = 0;

  /** @param {Page.Client} client @param {string} room @param {{seq: number, stamp?: string}} first the first message */
  constructor(client, room, { seq, stamp }) {
    super();
    this.#client = client;
    this.#room = room;
    this.#seq = seq;
    this.stamp = stamp;
    this.#ends = [
      client.on("event", ({ roomId, event }) => roomId === room && this.#take(event)),
      client.on("request", () => this.changed()),
      client.on("reset", ({ roomId, since }) => roomId === room && this.#reset(since)),
    ];
    void this.load();
  }

  /** Loads all replies, the oldest first, whatever live events arrive meanwhile. */
  load = oneAtATime(async () => {
    const history = this.#history;
    this.#early = [];
    this.failed = false;
    try {
      const found = await this.#read();
      if (history !== this.#history) {
        // The answer may be of the history before; `oneAtATime` loads again.
        return;
      }
      this.#loadedOf = history;
      this.gone = found.root.stamp !== (this.stamp ?? found.root.stamp);
      if (!this.gone) {
        Object.assign(this, found, { stamp: found.root.stamp, loaded: true });
      }
    } catch (failure) {
      this.gone = this.#isUnsure && failure.code === "message.not_found";
      this.failed = !this.gone;
      if (this.#isUnsure) {
        Object.assign(this, { root: null, replies: [] });
      }
    }
    if (!this.#isUnsure) {
      this.#early.forEach((event) => this.#apply(event));
    }
    this.#early = null;
    this.changed();
  });

  /** True while the messages may be of an old history of the room. */
  get #isUnsure() {
    return this.#loadedOf !== this.#history;
  }

  async #read() {
    const root = await this.#client.api.message(this.#room, this.#seq);
    const replies = [];
    for (let after = 0; ; after = replies.at(-1).seq) {
      const { messages, head } = await this.#client.api.replies(this.#room, this.#seq, { after, limit: MAX_PAGE });
      replies.push(...messages.map((message) => ({ ...message, asOf: head })));
      if (messages.length < MAX_PAGE) {
        // A single message arrives without the head of its state; live events can be applied to it again without harm.
        return { root: { ...root, asOf: 0 }, replies };
      }
    }
  }

  /** @param {number} since */
  #reset(since) {
    this.#history += since === 0 ? 1 : 0;
    void this.load();
  }

  /** The user's replies that have not arrived as events. */
  pending() {
    return this.#client
      .unsent(this.#room)
      .filter(({ type, fields }) => type === "post" && this.#isOfThread(fields.replyTo, fields.stamp));
  }

  /** A message of the thread. @param {number} seq @param {string} stamp */
  message(seq, stamp) {
    return [this.root, ...this.replies].find((message) => message?.seq === seq && message.stamp === stamp);
  }

  /** Newest stored reply; undefined while none is known. */
  get last() {
    return this.loaded && !this.#isUnsure ? this.replies.at(-1) : undefined;
  }

  changes() {
    return this.#client.unsent(this.#room).filter((request) => request.type !== "post");
  }

  close() {
    this.#ends.forEach((end) => end());
  }

  /** @param {Page.RoomEvent} event */
  #take(event) {
    this.#early?.push(event);
    if (!this.#isUnsure) {
      this.#apply(event);
    }
    this.changed();
  }

  /** @param {Page.RoomEvent} event */
  #apply(event) {
    if (isChange(event) && this.#isOfThread(event.target)) {
      this.#change(event);
    } else if (event.kind === "message" && event.thread === this.#seq) {
      this.#put({ ...event, asOf: event.seq });
    }
  }

  /** @param {number | undefined} seq @param {string} [stamp] of the wanted message; another one with that seq does not count */
  #isOfThread(seq, stamp) {
    /** @param {Page.Message | null | undefined} message */
    const fits = (message) => message?.seq === seq && (stamp === undefined || message?.stamp === stamp);
    return fits(this.root) || this.replies.some(fits);
  }

  /** @param {Page.RoomEvent} event */
  #change(event) {
    /** @param {Page.Message} message */
    const change = (message) => (message?.seq === event.target ? apply(message, event) : message);
    this.root = this.root && change(this.root);
    this.replies = this.replies.map(change);
  }

  /** Stores a reply; the newer state wins. @param {Page.Message} message */
  #put(message) {
    const known = this.replies.find((reply) => reply.seq === message.seq);
    if (!known || known.asOf <= message.asOf) {
      this.replies = [...this.replies.filter((reply) => reply !== known), message].sort((one, other) => one.seq - other.seq);
    }
  }
}
