import { reacted, tallyOf, voted } from "./message-state.js";
import { Model } from "./model.js";
import { asTyped } from "./slash.js";
import { failureText } from "./failure-text.js";
import { say } from "../words/en/chat.js";

/** The server ends no sentence. @param {string} text */
const sentence = (text) => (/[\p{L}\p{N}]$/u.test(text) ? `${text}.` : text);

/** Messages and changes of the user, and the present purpose of the composer. */
export class Writing extends Model {
  /** The message that is answered. @type {Page.Message | null} */
  replyTo = null;
  /** The user's own message that is being edited, as the user saw it. @type {Page.Message | null} */
  editing = null;
  #client;
  #timelines;
  #toasts;
  #drafts;

  /**
   * @param {Page.Client} client
   * @param {Page.Timelines} timelines
   * @param {Page.Toasts} toasts
   * @param {Page.Drafts} drafts
   */
  constructor(client, timelines, toasts, drafts) {
    super();
    this.#drafts = drafts;
    this.#client = client;
    this.#timelines = timelines;
    this.#toasts = toasts;
    client.on("request", ({ request }) => this.#requestChanged(request));
  }

  /** @param {Page.Message} message */
  reply(message) {
    Object.assign(this, { replyTo: message, editing: null });
    this.changed();
  }

  /** @param {Page.Message} message */
  edit(message) {
    Object.assign(this, { replyTo: null, editing: message });
    this.changed();
  }

  /** Returns to a new message. */
  writeNew() {
    Object.assign(this, { replyTo: null, editing: null });
    this.changed();
  }

  /** Edits the user's last message, if it is still in view. @param {string} room */
  editLast(room) {
    const last = this.#timelines
      .of(room)
      .items.findLast((item) => item.kind === "message" && item.sender === this.#client.userId && !item.deleted);
    if (last) {
      this.edit(last);
    }
  }

  /**
   * @param {string} room
   * @param {string} text
   * @param {{editing: Page.Message | null, thread?: Page.Message | undefined, alsoToRoom?: boolean}} place the own message that gets this text, or the first
   *   one of the thread that it answers, and true if the room shows the answer too
   * @returns {boolean} false when the queue is full; the text stays where it is then
   */
  send(room, text, { editing, thread, alsoToRoom = thread === undefined }) {
    const timeline = this.#timelines.of(room);
    try {
      if (editing !== null) {
        this.#edited(room, editing, text);
      } else {
        const replyTo = thread ?? this.replyTo;
        this.#client.send(room, "post", {
          text,
          ...(replyTo && { replyTo: replyTo.seq, stamp: replyTo.stamp, ...(alsoToRoom && { alsoToRoom }) }),
        });
        if (thread === undefined) {
          timeline.readBefore = null;
          timeline.followed = true;
          void timeline.latest();
        }
      }
    } catch (full) {
      this.#toasts.error(failureText(full));
      return false;
    }
    if (thread === undefined) {
      this.writeNew();
    }
    return true;
  }

  /**
   * Adds or removes a reaction, also one that is not stored yet.
   *
   * @param {string} room
   * @param {Page.Message} message
   * @param {string} emoji
   */
  react(room, message, emoji) {
    const { userId: user } = this.#client;
    const timeline = this.#timelines.of(room);
    // The message may have changed since it was drawn, or since the picker was opened.
    const now = reacted(
      timeline.message(message.seq, message.stamp) ?? message,
      timeline.pendingChanges(),
      /** @type {string} */ (user),
    );
    const own = now.reactions?.[emoji]?.userIds.includes(/** @type {string} */ (user));
    this.#change(room, "react", message, { emoji, ...(own && { removed: true }) });
  }

  /**
   * Posts a poll.
   *
   * @param {string} room
   * @param {string} text
   * @param {string[]} options
   * @param {boolean} multiple
   * @throws {import("../parlance-client/errors.js").ParlanceError} when the queue is full
   */
  poll(room, text, options, multiple) {
    this.#client.send(room, "post", { text, options, ...(multiple && { multiple }) });
  }

  /**
   * Votes for an option of a poll, instead of another one where one is allowed, or takes that vote back.
   *
   * @param {string} room
   * @param {Page.Message} message
   * @param {string} option
   */
  vote(room, message, option) {
    const user = /** @type {string} */ (this.#client.userId);
    const timeline = this.#timelines.of(room);
    const now = voted(timeline.message(message.seq, message.stamp) ?? message, timeline.pendingChanges(), user);
    const isOwn = (/** @type {string} */ each) => tallyOf(now.votes, each).userIds.includes(user);
    const options = (now.options ?? []).filter((each) => (each === option ? !isOwn(each) : now.multiple && isOwn(each)));
    this.#change(room, "vote", message, { options });
  }

  /** @param {string} room @param {Page.Message} message */
  closePoll(room, message) {
    this.#change(room, "close", message, {});
  }

  /** @param {string} room @param {Page.Message} message */
  pin(room, message) {
    this.#change(room, "pin", message, message.pinned ? { removed: true } : {});
  }

  /** @param {string} room @param {Page.Message} message */
  remove(room, message) {
    this.#change(room, "delete", message, {});
  }

  /** Discards an own message that was not sent. @param {string} room @param {string} id */
  discard(room, id) {
    this.#client.discard(id);
    this.#timelines.of(room).changed();
  }

  /**
   * Returns the text of an unsent own message to the field where it was written, before the present draft.
   *
   * @param {string} room
   * @param {string} id
   * @param {boolean} inThread true for the field of its thread
   */
  takeBack(room, id, inThread) {
    const request = this.#client.unsent(room).find((each) => each.id === id);
    if (request?.state !== "failed") {
      return;
    }
    const { text = "", replyTo, stamp, options, multiple } = request.fields;
    const typed = options ? [`/${multiple ? "multi" : ""}poll ${text}`, ...options].join(" | ") : asTyped(text);
    this.#drafts.giveBack(inThread ? `${room}/${stamp}` : room, typed);
    if (!inThread && replyTo !== undefined && this.editing === null) {
      const answered = this.#timelines.of(room).message(replyTo, stamp);
      this.reply(answered ?? /** @type {Page.Message} */ ({ seq: replyTo, stamp, text: say("earlier") }));
    }
    this.discard(room, id);
  }

  /** @param {string} room @param {Page.Message} message @param {string} text */
  #edited(room, message, text) {
    const { seq, stamp } = message;
    if ((this.#timelines.of(room).message(seq, stamp) ?? message).text !== text) {
      this.#client.send(room, "edit", { seq, stamp, text });
    }
  }

  /**
   * @param {string} room
   * @param {string} type
   * @param {{seq: number, stamp: string}} given2
   * @param {Record<string, unknown>} fields
   */
  #change(room, type, { seq, stamp }, fields) {
    try {
      this.#client.send(room, type, { seq, stamp, ...fields });
    } catch (full) {
      this.#toasts.error(failureText(full));
    }
  }

  /** @param {Page.Request} request */
  #requestChanged(request) {
    if (request.state === "failed" && request.error?.code === "history.changed") {
      this.#toasts.error(say(/** @type {Parameters<typeof say>[0]} */ (`historyChanged_${request.type}`)));
      this.#drafts.giveBack(request.roomId, asTyped(request.fields.text ?? ""));
      this.#timelines.of(request.roomId).changed();
    } else if (request.state === "failed" && request.type !== "post") {
      // A request that is not a message has no row that could show its failure.
      const { text = "" } = request.fields;
      this.#drafts.giveBack(request.roomId, asTyped(text));
      this.#client.discard(request.id);
      const failure = sentence(failureText(/** @type {{code: string, message: string}} */ (request.error)));
      this.#toasts.error(text ? say("editFailed", { failure }) : failure);
    }
  }
}
