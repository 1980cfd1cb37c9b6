import { reacted } from "./message-state.js";
import { Model } from "./model.js";

/** What the user writes and does with messages, and what the composer is for just now. */
export class Writing extends Model {
  /** The message that is answered. @type {any} */
  replyTo = null;
  /** The seq of the own message that gets another text. @type {number | null} */
  editing = null;
  #client;
  #timelines;
  #toasts;

  constructor(client, timelines, toasts) {
    super();
    this.#client = client;
    this.#timelines = timelines;
    this.#toasts = toasts;
    client.on("request", ({ request }) => this.#requestChanged(request));
  }

  reply(message) {
    Object.assign(this, { replyTo: message, editing: null });
    this.changed();
  }

  edit(seq) {
    Object.assign(this, { replyTo: null, editing: seq });
    this.changed();
  }

  /** Back to a new message. */
  writeNew() {
    Object.assign(this, { replyTo: null, editing: null });
    this.changed();
  }

  /** Edits what the user said last, when it is still in view. */
  editLast(room) {
    const last = this.#timelines
      .of(room)
      .items.findLast((item) => item.kind === "message" && item.sender === this.#client.user && !item.deleted);
    if (last) {
      this.edit(last.seq);
    }
  }

  /** @returns {boolean} false when the queue is full; the text stays where it is then */
  send(room, text, { editing, thread }) {
    const timeline = this.#timelines.of(room);
    try {
      if (editing !== null) {
        this.#edited(room, editing, text);
      } else {
        const replyTo = thread ?? this.replyTo?.seq;
        this.#client.send(room, "post", { text, ...(replyTo !== undefined && { replyTo }) });
        if (thread === undefined) {
          timeline.readBefore = null;
          timeline.followed = true;
          timeline.latest();
        }
      }
    } catch (full) {
      this.#toasts.error(full.message);
      return false;
    }
    if (thread === undefined) {
      this.writeNew();
    }
    return true;
  }

  /** Reacts, or takes the reaction back, also one that is not stored yet. */
  react(room, message, emoji) {
    const { user } = this.#client;
    const timeline = this.#timelines.of(room);
    // What was drawn, or what the picker was opened for, may be older.
    const now = reacted(timeline.message(message.seq) ?? message, timeline.pendingChanges(), user);
    const own = now.reactions?.[emoji]?.users.includes(user);
    this.#change(room, "react", { seq: message.seq, emoji, ...(own && { remove: true }) });
  }

  pin(room, message) {
    this.#change(room, "pin", { seq: message.seq, ...(message.pinned && { remove: true }) });
  }

  remove(room, seq) {
    this.#change(room, "delete", { seq });
  }

  /** Gives an own message up that was not sent. */
  discard(room, id) {
    this.#client.discard(id);
    this.#timelines.of(room).changed();
  }

  #edited(room, seq, text) {
    if (this.#timelines.of(room).message(seq)?.text !== text) {
      this.#client.send(room, "edit", { seq, text });
    }
  }

  #change(room, type, fields) {
    try {
      this.#client.send(room, type, fields);
    } catch (full) {
      this.#toasts.error(full.message);
    }
  }

  #requestChanged(request) {
    if (request.state === "failed" && request.type !== "post") {
      // What is not a message has no place where its failure could stand.
      this.#client.discard(request.id);
      this.#toasts.error(request.error.message);
    }
  }
}
