import { ParlanceClient } from "../parlance-client/index.js";
import { BrowserStorage } from "./browser-storage.js";
import { Drafts } from "./drafts.js";
import { lostByLogOut } from "./lost-by-log-out.js";
import { Model } from "./model.js";
import { Notifications } from "./notifications.js";
import { People } from "./people.js";
import { Places } from "./places.js";
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

const ENDED =
  "You were logged out. The session has expired, was ended on another device, or the password was changed.";
const KEPT = "What you had written and not sent is kept in this browser, and is there when you log in again.";
const NOT_ENDED =
  "You are logged out in this browser. The server could not be reached and still has the session: this page ends it as soon as there is a connection again.";
const ENDED_LATER = "The server has ended the session that you logged out of without a connection.";
const NOT_THERE = "The room's history has changed. The message is not there any more.";

/**
 * The whole of the page's state: who is logged in, the connection, and what is open. All tabs of a browser share the session, the
 * unsent messages and the drafts, which outlive them. Whoever was away for long sees the newest, and pages back as it likes.
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
  /** What the door says of the session of before. @type {string | null} */
  notice = null;
  /** Whether the browser keeps what is written. */
  isKept = true;

  constructor(origin) {
    super();
    this.origin = origin;
    this.storage = new BrowserStorage();
    this.client = new ParlanceClient({
      origin,
      storage: this.storage.local,
      settings: { pageAtMost: 0 },
      // A browser that blocks the storage blocks cookies with it.
      refreshCookie: this.storage.trouble !== "blocked",
    });
    this.screen = new Screen();
    this.places = new Places(this.screen, window, { follow: () => this.#follow(), panel: (panel) => this.#setPanel(panel) });
    this.preferences = new Preferences(this.storage.local);
    this.toasts = new Toasts();
    this.people = new People(this.client);
    this.rooms = new Rooms(this.client, this.people);
    this.notifications = new Notifications(this);
    this.timelines = new Timelines(this.client);
    this.typing = new Typing(this.client);
    this.presence = new Presence(this.client);
    this.drafts = new Drafts(this.client);
    this.writing = new Writing(this.client, this.timelines, this.toasts, this.drafts);
    this.client.on("state", () => this.changed());
    this.client.on("signedout", ({ reason, unsent }) => this.#leave(reason, unsent));
    this.client.on("sessionended", () => this.#note(ENDED_LATER));
    this.client.on("unkept", () => this.#unkept());
    this.client.on("event", ({ room }) => room === this.room && this.seen());
    this.client.on("left", ({ room, reason }) => this.#left(room, reason));
    // The marker of a history that has changed is as old as the backup.
    this.rooms.addEventListener("change", () => this.seen());
  }

  /** Goes on with the session of before, if there is one. */
  start() {
    // The words for the connection say whether there is a network.
    ["online", "offline"].forEach((type) => addEventListener(type, () => this.changed()));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.drafts.flush() : this.seen()));
    addEventListener("focus", () => this.seen());
    const panel = this.places.start();
    if (this.client.restore()) {
      this.entered();
      this.#setPanel(panel);
    } else {
      this.changed();
    }
  }

  /** The user is logged in. */
  entered() {
    this.notice = null;
    void this.drafts.load();
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
    this.places.go(permalink(room, message));
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
    this.places.leave();
  }

  /** @param {Panel | null} panel */
  showPanel(panel) {
    this.places.show(panel);
    this.#setPanel(panel);
  }

  #setPanel(panel) {
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

  /** Logs out, here or everywhere, after a question when something would be lost. */
  logOut({ everywhere = false } = {}) {
    const lost = lostByLogOut(this.client.unsent(), this.drafts.count);
    if (lost === null) {
      return this.#logOut(everywhere);
    }
    return this.ask({
      kind: "confirm",
      title: "Log out and delete what is not sent?",
      text: `This browser keeps ${lost}. Logging out deletes it.`,
      action: "Log out and delete",
      act: () => this.#logOut(everywhere),
    });
  }

  async #logOut(everywhere) {
    const { user } = this;
    if (everywhere) {
      await this.attempt(async () => {
        await this.client.logOutEverywhere();
        this.drafts.clear(user);
      });
      return;
    }
    this.drafts.clear(user);
    if (!(await this.client.logOut())) {
      this.#note(NOT_ENDED);
    }
  }

  /** Says something at the door, if the user is still there. */
  #note(text) {
    if (!this.user) {
      this.notice = text;
      this.changed();
    }
  }

  #unkept() {
    this.isKept = false;
    this.toasts.error("This browser cannot keep what you write.");
    this.changed();
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
    // Of a room that is read to its end, as after a reload, the newest page comes at once with the room.
    const early = route.seq === null && !this.rooms.get(route.room) ? this.timelines.of(route.room).open(route) : null;
    const known = await this.rooms.find(route.room);
    if (!known) {
      this.toasts.error("There is no such room, or it is not open to you.");
      this.places.leave();
      return;
    }
    const read = known.unread > 0 ? known.read : null;
    const isThere = early !== null && read === null ? early : this.timelines.of(route.room).open({ ...route, read });
    this.changed();
    if (!(await isThere) && location.hash === hash) {
      this.toasts.error(NOT_THERE);
      this.places.rename(permalink(route.room));
    }
  }

  #left(room, reason) {
    if (reason && room === this.room) {
      this.toasts.error(reason.message);
    }
    this.changed();
  }

  /** @param {"logout" | "ended"} reason @param {number} unsent */
  #leave(reason, unsent) {
    if (reason === "ended") {
      this.notice = unsent + this.drafts.count > 0 && this.isKept ? `${ENDED} ${KEPT}` : ENDED;
    }
    this.drafts.forget();
    this.rooms.clear();
    this.notifications.clear();
    this.timelines.clear();
    this.people.clear();
    this.typing.clear();
    Object.assign(this, { room: null, panel: null, dialog: null, picking: null, view: "rooms" });
    history.replaceState(null, "", "/");
    this.changed();
  }
}
