import { permalink, readRoute } from "./route.js";
import { say } from "../words/en/chat.js";

/** Panels that stay open when another room is opened. */
const KEPT_PANELS = ["members", "search"];

/** Brings the chat to the place that the address names: a room, or one message of it. */
export class RouteFollower {
  #chat;
  /** The panel to be shown as soon as its room is open. @type {Page.Panel | null} */
  #wanted = null;

  /** @param {Page.Chat} chat */
  constructor(chat) {
    this.#chat = chat;
  }

  /** Opens a room with one of its threads. @param {string} room @param {{seq: number, stamp: string}} first message of the thread */
  openThread(room, { seq, stamp }) {
    this.#wanted = { kind: "thread", seq, stamp };
    this.#chat.open(room);
  }

  /** Opens what the address names now. */
  async follow() {
    const chat = this.#chat;
    const { hash } = location;
    const route = readRoute(hash);
    const wanted = this.#wanted;
    this.#wanted = null;
    if (!chat.user || !route) {
      chat.room = null;
      chat.view = "rooms";
      chat.list.opened(null);
      chat.changed();
      return;
    }
    this.#enter(route.room);
    // For a room that is read to its end, as after a reload, the newest page is loaded at once with the room.
    const early = route.seq === null && !chat.rooms.isFresh(route.room) ? chat.timelines.of(route.room).open(route) : null;
    const known = await chat.rooms.find(route.room);
    if (!known) {
      chat.toasts.error(say("noRoom"));
      chat.places.leave();
      return;
    }
    const readTo = known.unreadCount > 0 ? known.readTo : null;
    const isThere = early !== null && readTo === null ? early : chat.timelines.of(route.room).open({ ...route, readTo });
    chat.changed();
    const found = await isThere;
    if (location.hash === hash) {
      this.#arrive(route.room, found, wanted);
    }
  }

  /** @param {string} room */
  #enter(room) {
    const chat = this.#chat;
    if (room !== chat.room) {
      chat.rooms.reading.opened(room);
      chat.jumps.entered(room);
      chat.writing.writeNew();
      chat.panel = chat.panel && KEPT_PANELS.includes(chat.panel.kind) ? chat.panel : null;
      chat.list.opened(room);
    }
    chat.room = room;
    chat.view = "talk";
  }

  /** @param {string} room @param {boolean} found false when the named message does not exist @param {Page.Panel | null} wanted */
  #arrive(room, found, wanted) {
    const chat = this.#chat;
    const { aside } = chat.timelines.of(room);
    if (!found) {
      chat.toasts.error(say("notThere"));
      chat.places.rename(permalink(room));
    } else if (aside) {
      chat.places.rename(permalink(room));
      this.#showAside(room, aside);
    } else if (wanted) {
      chat.showPanel(wanted);
    }
  }

  /** Shows a reply that only its thread shows. @param {string} room @param {Page.RoomEvent} reply */
  #showAside(room, reply) {
    const chat = this.#chat;
    const first = chat.timelines.of(room).message(/** @type {number} */ (reply.thread));
    chat.showPanel({ kind: "thread", seq: reply.thread, reply: reply.seq, ...(first && { stamp: first.stamp }) });
  }
}
