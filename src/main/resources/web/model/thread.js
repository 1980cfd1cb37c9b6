import { apply, isChange } from "./message-state.js";
import { Model } from "./model.js";
import { oneAtATime } from "./one-at-a-time.js";

const PAGE = 100;

/** A message and what was answered to it, kept up with what comes live. */
export class Thread extends Model {
  /** The message that began it. @type {any} */
  root = null;
  /** @type {any[]} */
  replies = [];
  loaded = false;
  failed = false;
  #client;
  #room;
  #seq;
  #ends;
  /** What came live since the thread was asked for, which the answers may not have. @type {any[] | null} */
  #early = null;

  constructor(client, room, seq) {
    super();
    this.#client = client;
    this.#room = room;
    this.#seq = seq;
    this.#ends = [
      client.on("event", ({ room: where, event }) => where === room && this.#take(event)),
      client.on("request", () => this.changed()),
      client.on("reset", ({ room: where }) => where === room && this.load()),
    ];
    this.load();
  }

  /** Takes in all replies, the oldest first, whatever came live meanwhile. */
  load = oneAtATime(async () => {
    this.#early = [];
    this.failed = false;
    try {
      const root = await this.#client.api.message(this.#room, this.#seq);
      // A single message comes without the head it is of; what is live applies to it again without harm.
      this.#put({ ...root, asOf: 0 });
      for (let after = 0; ; ) {
        const { messages, head } = await this.#client.api.replies(this.#room, this.#seq, { after, limit: PAGE });
        messages.forEach((message) => this.#put({ ...message, asOf: head }));
        if (messages.length < PAGE) {
          break;
        }
        after = messages.at(-1).seq;
      }
      this.loaded = true;
    } catch {
      this.failed = true;
    }
    this.#early.forEach((event) => this.#apply(event));
    this.#early = null;
    this.changed();
  });

  /** Own answers that have not come by yet. */
  pending() {
    return this.#client
      .unsent(this.#room)
      .filter((request) => request.type === "post" && this.#isOfThread(request.fields.replyTo));
  }

  changes() {
    return this.#client.unsent(this.#room).filter((request) => request.type !== "post");
  }

  close() {
    this.#ends.forEach((end) => end());
  }

  #take(event) {
    this.#early?.push(event);
    this.#apply(event);
    this.changed();
  }

  #apply(event) {
    if (isChange(event) && this.#isOfThread(event.target)) {
      this.#change(event);
    } else if (event.kind === "message" && event.thread === this.#seq) {
      this.#put({ ...event, asOf: event.seq });
    }
  }

  #isOfThread(seq) {
    return seq === this.#seq || this.replies.some((reply) => reply.seq === seq);
  }

  #change(event) {
    const change = (message) => (message?.seq === event.target ? apply(message, event) : message);
    this.root = change(this.root);
    this.replies = this.replies.map(change);
  }

  /** The newer state of a message wins. */
  #put(message) {
    if (message.seq === this.#seq) {
      this.root = message;
      return;
    }
    const known = this.replies.find((reply) => reply.seq === message.seq);
    if (!known || known.asOf <= message.asOf) {
      this.replies = [...this.replies.filter((reply) => reply !== known), message].sort((one, other) => one.seq - other.seq);
    }
  }
}
