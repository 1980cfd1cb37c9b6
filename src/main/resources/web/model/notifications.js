import { levelOf } from "./room-preferences.js";
import { counted } from "../words/words.js";
import { say } from "../words/en/chat.js";

const MAX_TEXT = 140;
/** Limit of the messages that are known to name the user: more than are edited while a page is open. */
const MAX_NAMING = 1000;

/** Title of the tab, and desktop notifications for a user who has switched them on. */
export class Notifications {
  #chat;
  /**
   * Messages that name the user, by room and seq, the newest last: an edit of one is no new mention. @type
   * {Set<string>}
   */
  #naming = new Set();
  /** First event of a room since which the page has received all. @type {Map<string, number>} */
  #seenFrom = new Map();
  #title = "";

  /**
   * Created before the timelines of the chat: an edit is processed here while they still have the message before it.
   *
   * @param {Page.Chat} chat
   */
  constructor(chat) {
    this.#chat = chat;
    chat.rooms.addEventListener("change", () => this.#showTitle());
    chat.threads.addEventListener("change", () => this.#showTitle());
    chat.client.on("event", ({ roomId, event }) => this.#arrived(roomId, event));
    chat.client.on("reset", ({ roomId, since }) => this.#missed(roomId, since));
    chat.client.on("left", ({ roomId }) => this.#seenFrom.delete(roomId));
  }

  clear() {
    this.#naming.clear();
    this.#seenFrom.clear();
  }

  /** Notifies the user of an unseen event that is for this user. @param {string} room @param {Page.RoomEvent} event */
  #arrived(room, event) {
    const { client, preferences } = this.#chat;
    if (!this.#seenFrom.has(room)) {
      this.#seenFrom.set(room, event.seq);
    }
    // In this order, so that seen messages are recorded, too.
    if (this.#isForUser(room, event) && event.sender !== client.userId && this.#isUnseen(room) && preferences.notify) {
      this.#notify(room, event);
    }
  }

  /**
   * True for a message that is meant for the user, and for an edit that first names the user in a message.
   *
   * @param {string} room
   * @param {Page.RoomEvent} event
   */
  #isForUser(room, event) {
    const known = this.#chat.rooms.get(room);
    const level = known ? levelOf(known) : "all";
    const isDirect = known?.visibility === "direct" && level === "all";
    const names = event.mentions?.includes(/** @type {string} */ (this.#chat.client.userId)) ?? false;
    const isNew = event.kind === "message" || (event.kind === "edit" && names && !this.#hadName(room, event));
    if (names) {
      this.#note(room, event);
    }
    return isNew && level !== "none" && (event.kind === "edit" ? !isDirect : names || isDirect);
  }

  /** @param {string} room @param {Page.RoomEvent} event */
  #note(room, event) {
    this.#naming.add(`${room}/${event.target ?? event.seq}`);
    if (this.#naming.size > MAX_NAMING) {
      this.#naming.delete(/** @type {string} */ (this.#naming.values().next().value));
    }
  }

  /**
   * True when the edited message named the user before, and also when that is unknown: the page has not received the
   * message live, and does not have its state before the edit. Most edits do not change who is named.
   *
   * @param {string} room
   * @param {Page.RoomEvent} edit
   */
  #hadName(room, edit) {
    if (this.#naming.has(`${room}/${edit.target}`)) {
      return true;
    }
    const message = this.#chat.timelines.message(room, edit.target);
    if (message && message.asOf < edit.seq) {
      return message.mentions?.includes(/** @type {string} */ (this.#chat.client.userId)) ?? false;
    }
    return /** @type {number} */ (edit.target) < (this.#seenFrom.get(room) ?? Infinity);
  }

  /** @param {string} room */
  #isUnseen(room) {
    return document.visibilityState !== "visible" || !document.hasFocus() || room !== this.#chat.room;
  }

  /**
   * Called when events of a room are missing; since 0 the earlier ones are not true any more.
   *
   * @param {string} room
   * @param {number} since
   */
  #missed(room, since) {
    this.#seenFrom.delete(room);
    if (since === 0) {
      this.#forget(room);
    }
  }

  /** @param {string} room */
  #forget(room) {
    [...this.#naming].filter((message) => message.startsWith(`${room}/`)).forEach((message) => this.#naming.delete(message));
  }

  /**
   * Shows a desktop notification. The tabs of a browser share the tag, so that they show one notification of an event.
   *
   * @param {string} room
   * @param {Page.RoomEvent} event
   */
  #notify(room, event) {
    const { people, rooms } = this.#chat;
    const known = /** @type {Page.Room} */ (rooms.get(room));
    const from = people.name(event.sender);
    const title = known.visibility === "direct" ? from : say("senderInRoom", { name: from, room: rooms.title(known) });
    const notification = new Notification(title, {
      body: event.text?.slice(0, MAX_TEXT),
      tag: `${room}/${event.stamp}`,
      icon: "/mark.svg",
    });
    notification.addEventListener("click", () => {
      window.focus();
      this.#chat.open(room, event.kind === "edit" ? { seq: /** @type {number} */ (event.target) } : event);
      notification.close();
    });
  }

  #showTitle() {
    const { rooms, threads } = this.#chat;
    const current = this.#chat.current;
    const calls = rooms.calls + threads.mentionCount;
    const mark = calls > 0 ? `(${counted(calls)}) ` : rooms.unreadCount + threads.unreadThreadCount > 0 ? "• " : "";
    const title = `${mark}${current ? `${rooms.title(current)} · ` : ""}Parlance`;
    if (title !== this.#title) {
      this.#title = title;
      document.title = title;
    }
  }
}
