import { ParlanceClient } from "../parlance-client/index.js";
import { Drafts } from "./drafts.js";
import { Model } from "./model.js";
import { Notifications } from "./notifications.js";
import { People } from "./people.js";
import { Preferences } from "./preferences.js";
import { Presence } from "./presence.js";
import { Rooms } from "./rooms.js";
import { permalink, readRoute } from "./route.js";
import { Screen } from "./screen.js";
import { Timelines } from "./timelines.js";
import { Toasts } from "./toasts.js";
import { Typing } from "./typing.js";
import { Writing } from "./writing.js";

/**
 * @typedef {{kind: "thread" | "members" | "pins" | "search" | "settings", seq?: number, stamp?: string}} Panel beside the
 *   conversation; a thread is that of the message with this seq, and this stamp where it is known
 */

const NOT_THERE = "The room's history has changed. The message is not there any more.";

/**
 * The whole of the page's state: who is logged in, the connection, and what is open. All tabs share one session; each has
 * its own unsent messages, which a reload keeps. Whoever was away for long sees the newest, and pages back as it likes.
 */
export class Chat extends Model {
  /** @type {string | null} */
  room = null;
  /** @type {Panel | null} */
  panel = null;
  /** @type {{kind: string, [more: string]: unknown} | null} the dialog that is open */
  dialog = null;
  /** On a narrow screen one sees the rooms or the conversation. @type {"rooms" | "talk"} */
  view = "rooms";
  /** What an emoji is picked for, and where. @type {{anchor: DOMRect, picked: (emoji: string) => void} | null} */
  picking = null;

  constructor(origin) {
    super();
    this.origin = origin;
    this.client = new ParlanceClient({
      origin,
      storage: localStorage,
      outboxStorage: sessionStorage,
      settings: { pageAtMost: 0 },
      refreshCookie: true,
    });
    this.screen = new Screen();
    this.preferences = new Preferences(localStorage);
    this.toasts = new Toasts();
    this.people = new People(this.client);
    this.rooms = new Rooms(this.client, this.people);
    this.notifications = new Notifications(this);
    this.timelines = new Timelines(this.client);
    this.typing = new Typing(this.client);
    this.presence = new Presence(this.client);
    this.drafts = new Drafts(this.client, localStorage);
    this.writing = new Writing(this.client, this.timelines, this.toasts, this.drafts);
    this.client.on("state", () => this.changed());
    this.client.on("signedout", () => this.#leave());
    this.client.on("event", ({ room }) => room === this.room && this.seen());
    this.client.on("left", ({ room, reason }) => this.#left(room, reason));
    // The marker of a history that has changed is as old as the backup.
    this.rooms.addEventListener("change", () => this.seen());
  }

  /** Goes on with the session of before, if there is one. */
  start() {
    addEventListener("online", () => this.client.connect());
    addEventListener("hashchange", () => this.#follow());
    document.addEventListener("visibilitychange", () => this.seen());
    addEventListener("focus", () => this.seen());
    if (this.client.restore()) {
      this.entered();
    } else {
      this.changed();
    }
  }

  /** The user is logged in. */
  entered() {
    this.changed();
    this.#follow();
  }

  get user() {
    return this.client.user;
  }

  /** The room that is open, as the user sees it; null when none is. */
  get current() {
    return this.room === null ? null : this.rooms.get(this.room);
  }

  /** Opens a room, or one message of it. */
  open(room, message = null) {
    const target = permalink(room, message);
    if (location.hash === target) {
      this.#follow();
    } else {
      location.hash = target;
    }
  }

  /** Shows one message where it was said, and nothing over it. */
  jump(room, message) {
    if (this.screen.panes < 3) {
      this.panel = null;
    }
    this.open(room, message);
  }

  /** Opens the room with one other user. */
  async openDirect(user) {
    const room = await this.attempt(() => this.client.api.openDirect(user));
    if (room) {
      this.rooms.put(room);
      this.open(room.roomId);
    }
  }

  showRooms() {
    this.view = "rooms";
    this.changed();
  }

  /** @param {Panel | null} panel */
  showPanel(panel) {
    this.panel = panel;
    this.changed();
  }

  /** Shows the thread that a message is in, or begins. */
  showThread(message) {
    const seq = message.thread ?? message.replyTo ?? message.seq;
    const first = seq === message.seq ? message : this.timelines.of(this.room).message(seq);
    this.showPanel({ kind: "thread", seq, ...(first && { stamp: first.stamp }) });
  }

  /** The thread that is shown is not there any more. What was written in it is kept as a draft of the room. */
  loseThread(draft) {
    this.drafts.giveBack(this.room, draft);
    this.showPanel(null);
    this.toasts.error(NOT_THERE);
  }

  togglePanel(kind) {
    this.showPanel(this.panel?.kind === kind ? null : { kind });
  }

  ask(dialog) {
    this.dialog = dialog;
    this.changed();
  }

  closeDialog() {
    this.dialog = null;
    this.changed();
  }

  /** Lets the user pick an emoji beside an element. */
  pickEmoji(element, picked) {
    this.picking = { anchor: element.getBoundingClientRect(), picked };
    this.changed();
  }

  pickReaction(message, element) {
    const { room } = this;
    this.pickEmoji(element, (emoji) => this.writing.react(room, message, emoji));
  }

  stopPicking() {
    this.picking = null;
    this.changed();
  }

  async copy(text, said) {
    try {
      await navigator.clipboard.writeText(text);
      this.toasts.info(said);
    } catch {
      this.toasts.error("The browser does not allow it.");
    }
  }

  copyLink(room, message) {
    return this.copy(`${this.origin}/${permalink(room, message)}`, "The link is copied.");
  }

  /** What is at the end of the open room has been seen, when somebody looks. */
  seen() {
    const timeline = this.room === null ? null : this.timelines.of(this.room);
    if (timeline?.atEnd && timeline.followed && document.visibilityState === "visible" && document.hasFocus()) {
      this.rooms.read(this.room, timeline.last, timeline.lastStamp);
    }
  }

  /** Does something by REST, and says so when it fails. */
  async attempt(action) {
    try {
      return await action();
    } catch (failure) {
      this.toasts.error(failure.message);
      return undefined;
    }
  }

  async logOut() {
    // Without the server the session ends here all the same.
    await this.client.logOut().catch(() => {});
  }

  async #follow() {
    const { hash } = location;
    const route = readRoute(hash);
    if (!this.user || !route) {
      this.room = null;
      this.view = "rooms";
      this.changed();
      return;
    }
    if (route.room !== this.room) {
      this.writing.writeNew();
      this.panel = this.panel?.kind === "members" ? this.panel : null;
    }
    this.room = route.room;
    this.view = "talk";
    const known = await this.rooms.find(route.room);
    if (!known) {
      this.toasts.error("There is no such room, or it is not open to you.");
      location.hash = "";
      return;
    }
    const isThere = this.timelines.of(route.room).open({ ...route, read: known.unread > 0 ? known.read : null });
    this.changed();
    if (!(await isThere) && location.hash === hash) {
      this.toasts.error(NOT_THERE);
      history.replaceState(null, "", permalink(route.room));
    }
  }

  #left(room, reason) {
    if (reason && room === this.room) {
      this.toasts.error(reason.message);
    }
    this.changed();
  }

  #leave() {
    this.rooms.clear();
    this.notifications.clear();
    this.timelines.clear();
    this.people.clear();
    this.typing.clear();
    this.drafts.clear();
    Object.assign(this, { room: null, panel: null, dialog: null, picking: null, view: "rooms" });
    history.replaceState(null, "", "/");
    this.changed();
  }
}
