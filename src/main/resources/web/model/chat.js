import { ParlanceClient } from "../parlance-client/index.js";
import { Clipboard } from "./clipboard.js";
import { Drafts } from "./drafts.js";
import { Jumps } from "./jumps.js";
import { logOut } from "./log-out.js";
import { Model } from "./model.js";
import { Notifications } from "./notifications.js";
import { OfflineCopy } from "./offline-copy.js";
import { PageVersion } from "./page-version.js";
import { People } from "./people.js";
import { Places } from "./places.js";
import { Preferences } from "./preferences.js";
import { Presence } from "./presence.js";
import { Quotes } from "./quotes.js";
import { RoomList } from "./room-list.js";
import { isHidden } from "./room-preferences.js";
import { Rooms } from "./rooms.js";
import { permalink } from "./route.js";
import { RouteFollower } from "./route-follower.js";
import { Saved } from "./saved.js";
import { Screen } from "./screen.js";
import { Threads } from "./threads.js";
import { Timelines } from "./timelines.js";
import { Toasts } from "./toasts.js";
import { Typing } from "./typing.js";
import { Writing } from "./writing.js";
import { failureText, wordFailure } from "./failure-text.js";
import { say } from "../words/en/chat.js";

/**
 * @typedef {{kind: "thread" | "members" | "pins" | "search" | "settings" | "threads" | "saved", seq?: number, stamp?: string, reply?: number, query?: string, everywhere?: boolean}}
 *   Panel beside the conversation; a thread is that of the message with this seq, and this stamp where it is known, and `reply` the
 *   seq of the reply that is looked for in it; a search begins with a query, and is of all rooms or of the open one
 */

/**
 * The whole of the page's state: the user, the connection, and the open room and panels. All tabs of a browser share
 * the session, the unsent messages and the drafts, which outlive them. After a long absence the user sees the newest
 * messages, and can page back.
 */
export class Chat extends Model {
  /** @type {string | null} */
  room = null;
  /** @type {Panel | null} */
  panel = null;
  /** The thread that the panel shows. @type {import("./thread.js").Thread | null} */
  thread = null;
  /** @type {Page.Dialog | null} the dialog that is open */
  dialog = null;
  /** The visible pane of a narrow screen: rooms or conversation. @type {"rooms" | "talk"} */
  view = "rooms";
  /**
   * Purpose and place of the emoji picker while it is open. @type {{opener: HTMLElement, anchor: DOMRect, picked:
   * (emoji: string) => void} | null}
   */
  picking = null;
  /** The search of messages, once there is one. @type {Page.Search | null} */
  search = null;
  /** Notice of the sign-in form about the session before. @type {string | null} */
  notice = null;
  /** True while the browser stores what the user writes. */
  isKept = true;

  /**
   * @param {string} origin
   * @param {import("./browser-storage.js").BrowserStorage} storage
   * @param {import("./language.js").Language} language
   */
  constructor(origin, storage, language) {
    super();
    this.origin = origin;
    this.storage = storage;
    this.language = language;
    this.client = new ParlanceClient({
      origin,
      storage: this.storage.local,
      settings: { pageAtMost: 0 },
      // A browser that blocks the storage blocks cookies with it.
      refreshCookie: this.storage.trouble !== "blocked",
    });
    this.screen = new Screen();
    this.places = new Places(this.screen, window, {
      follow: () => this.follower.follow(),
      panel: (panel) => this.#setPanel(panel),
    });
    this.preferences = new Preferences(this.storage.local);
    this.toasts = new Toasts();
    this.clipboard = new Clipboard(origin, this.toasts);
    this.follower = new RouteFollower(this);
    this.people = new People(this.client);
    this.rooms = new Rooms(this.client, this.people);
    this.list = new RoomList(this.client, this.rooms);
    this.threads = new Threads(this.client);
    this.saved = new Saved(this.client);
    this.notifications = new Notifications(this);
    this.timelines = new Timelines(this.client);
    this.quotes = new Quotes(this.client, this.timelines);
    this.jumps = new Jumps(this);
    this.typing = new Typing(this.client);
    this.presence = new Presence(this.client);
    this.drafts = new Drafts(this.client);
    this.pageVersion = new PageVersion(this.client);
    this.offlineCopy = new OfflineCopy(this);
    this.writing = new Writing(this.client, this.timelines, this.toasts, this.drafts);
    this.client.on("state", () => this.changed());
    this.client.on("signedout", ({ reason, unsent }) => this.#leave(reason, unsent));
    this.client.on("sessionended", () => this.note(say("endedLater")));
    this.client.on("unkept", () => this.#unkept());
    this.client.on("event", ({ roomId }) => roomId === this.room && this.seen());
    this.client.on("left", ({ roomId, reason }) => this.#left(roomId, reason));
    // The marker of a history that has changed is as old as the backup.
    this.rooms.addEventListener("change", () => this.seen());
    this.rooms.addEventListener("gone", () => this.room !== null && !this.current && this.follower.follow());
    this.threads.addEventListener("change", () => this.seen());
  }

  /** Resumes the stored session, if there is one. */
  start() {
    // The words for the connection depend on the network.
    ["online", "offline"].forEach((type) => addEventListener(type, () => this.changed()));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.offlineCopy.write() : this.seen()));
    addEventListener("pagehide", () => this.offlineCopy.write());
    addEventListener("focus", () => this.seen());
    this.pageVersion.start();
    const panel = this.places.start();
    if (this.client.restore()) {
      this.entered();
      this.#setPanel(panel);
    } else {
      void this.offlineCopy.forget();
      this.changed();
    }
  }

  /** The user is logged in. */
  entered() {
    this.notice = null;
    void this.drafts.load();
    this.rooms.restored = this.offlineCopy.open(/** @type {string} */ (this.user));
    this.changed();
    void this.follower.follow();
  }

  get user() {
    return this.client.userId;
  }

  /**
   * Time of the shown data while it may be outdated, because it is a copy or the connection is lost; null otherwise.
   * @returns {number | null}
   */
  get shownAsOf() {
    const copiedAt = this.current ? this.timelines.of(this.current.roomId).copiedAt : null;
    return copiedAt ?? this.rooms.copiedAt ?? this.offlineCopy.connectedAt;
  }

  /** The open room, as the user sees it; null when none is open. */
  get current() {
    return this.room === null ? null : this.rooms.get(this.room);
  }

  /** Opens a room, or one message of it. @param {string} room @param {{seq: number, stamp?: string} | null} message */
  open(room, message = null) {
    const known = this.rooms.get(room);
    if (known && isHidden(known)) {
      void this.prefer(room, { hiddenTo: 0 });
    }
    this.places.go(permalink(room, message));
  }

  /**
   * Marks a message and all after it as unread, and scrolls to it.
   *
   * @param {string} room
   * @param {Page.Message} message
   */
  async markUnread(room, message) {
    await this.attempt(async () => {
      await this.rooms.reading.markUnread(room, message);
      const timeline = this.timelines.of(room);
      timeline.readBefore = message.seq - 1;
      timeline.changed();
    });
  }

  /** Saves a message in the user's list, or removes it. @param {string} room @param {Page.Message} message */
  async save(room, message) {
    const saved = !this.saved.has(room, message);
    await this.attempt(async () => {
      await this.saved.save(room, message, saved);
      this.toasts.info(saved ? say("saved") : say("unsaved"));
    });
  }

  /**
   * Shows one message in its room, and closes whatever covers it.
   *
   * @param {string} room
   * @param {{seq: number, stamp?: string}} message
   */
  jump(room, message) {
    if (this.screen.panes < 3) {
      this.panel = null;
    }
    this.open(room, message);
  }

  /**
   * Sets preferences of the user for a room, see {@link Rooms.prefer}.
   * @param {string} room
   * @param {{starred?: boolean, notifications?: Page.Notifications, hiddenTo?: number}} changes
   */
  prefer(room, changes) {
    return this.attempt(() => this.rooms.prefer(room, changes));
  }

  /**
   * Hides a finished conversation from the list until its next message: it is marked as read, and closed.
   *
   * @param {Page.Room} room
   */
  hide(room) {
    this.rooms.reading.readAll(room);
    if (room.roomId === this.room) {
      this.showRooms();
    }
    return this.prefer(room.roomId, { hiddenTo: room.head });
  }

  /** Opens the room with one other user. @param {string} user */
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

  /** @param {Page.Panel | null} panel */
  #setPanel(panel) {
    this.panel = panel;
    this.changed();
  }

  /** Shows the thread that a message belongs to, or begins. @param {Page.Message} message */
  showThread(message) {
    const seq = message.thread ?? message.replyTo ?? message.seq;
    const first = seq === message.seq ? message : this.timelines.of(/** @type {string} */ (this.room)).message(seq);
    this.showPanel({ kind: "thread", seq, ...(first && { stamp: first.stamp }) });
  }

  /**
   * Closes the panel of a thread that no longer exists. Its draft becomes a draft of the room.
   *
   * @param {string} draft
   */
  loseThread(draft) {
    this.drafts.giveBack(/** @type {string} */ (this.room), draft);
    this.showPanel(null);
    this.toasts.error(say("notThere"));
  }

  /** @param {Page.Panel["kind"]} kind */
  togglePanel(kind) {
    this.showPanel(this.panel?.kind === kind ? null : { kind });
  }

  /** @param {Page.Dialog} dialog */
  ask(dialog) {
    this.dialog = dialog;
    this.changed();
  }

  closeDialog() {
    this.dialog = null;
    this.changed();
  }

  /** Opens the emoji picker beside an element. @param {HTMLElement} element @param {(emoji: string) => void} picked */
  pickEmoji(element, picked) {
    this.picking = { opener: element, anchor: element.getBoundingClientRect(), picked };
    this.changed();
  }

  /** @param {Page.Message} message @param {HTMLElement} element */
  pickReaction(message, element) {
    const { room } = this;
    this.pickEmoji(element, (emoji) => this.writing.react(/** @type {string} */ (room), message, emoji));
  }

  stopPicking() {
    this.picking = null;
    this.changed();
  }

  /** Marks the end of the open room as read, if the user is looking at it. */
  seen() {
    const timeline = this.room === null ? null : this.timelines.of(this.room);
    const isLooking = document.visibilityState === "visible" && document.hasFocus();
    if (isLooking && timeline?.atEnd && timeline.followed) {
      this.rooms.reading.read(timeline.room, timeline.last, timeline.lastStamp);
    }
    const { root = null, last } = this.thread ?? {};
    if (isLooking && this.room !== null && root && last) {
      this.threads.read(this.room, root.seq, last);
    }
  }

  /** Runs a request by REST, and shows its failure. @template T @param {() => T | Promise<T>} action @returns {Promise<T | undefined>} */
  async attempt(action) {
    try {
      return await action();
    } catch (failure) {
      this.toasts.error(await wordFailure(failure));
      return undefined;
    }
  }

  /** Logs out, here or everywhere, after a confirmation when something would be lost. @param {{everywhere?: boolean}} [options] */
  logOut(options) {
    return logOut(this, options);
  }

  /** Shows a notice at the sign-in form, if the user is still logged out. @param {string} text */
  note(text) {
    if (!this.user) {
      this.notice = text;
      this.changed();
    }
  }

  #unkept() {
    this.isKept = false;
    this.toasts.error(say("unkept"));
    this.changed();
  }

  /** @param {string} room @param {Page.Failure | null} reason */
  #left(room, reason) {
    if (reason && room === this.room) {
      this.toasts.error(failureText(reason));
    }
    this.changed();
  }

  /** @param {"logout" | "ended"} reason @param {number} unsent */
  #leave(reason, unsent) {
    if (reason === "ended") {
      this.notice = unsent + this.drafts.count > 0 && this.isKept ? `${say("ended")} ${say("kept")}` : say("ended");
    }
    void this.offlineCopy.forget();
    this.drafts.forget();
    this.rooms.clear();
    this.list.clear();
    this.notifications.clear();
    this.timelines.clear();
    this.threads.clear();
    this.quotes.clear();
    this.saved.clear();
    this.people.clear();
    this.typing.clear();
    this.search?.close();
    Object.assign(this, { room: null, search: null, panel: null, dialog: null, picking: null, view: "rooms" });
    history.replaceState(null, "", "/");
    this.changed();
  }
}
