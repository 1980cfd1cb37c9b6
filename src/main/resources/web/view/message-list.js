import { Component } from "preact";
import { Boundary } from "./boundary.js";
import { drawnRow } from "./drawn-row.js";
import { html, useModels } from "./html.js";
import { isAbout } from "../model/message-state.js";
import { Icon } from "./icons.js";
import { Message, messageLook } from "./message.js";
import { Notice } from "./notice.js";
import { Notices } from "./notices.js";
import { PlainMessage } from "./plain-message.js";
import { WayBack } from "./quote.js";
import { rowsOf } from "./rows.js";
import { MESSAGE_ITEMS } from "./message-items.js";
import { nextTask } from "./tasks.js";
import { dayName } from "./time.js";
import { Skeleton } from "./skeleton.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/room.js";

/**
 * @typedef {{key: string | undefined, top: number}} Anchor a row, and where it is
 * @typedef {{scrolled: boolean, anchor: Anchor | null}} Snapshot of the list before it changes
 */

/** Number of rows that are drawn in one task: a phone draws no more between two keys. */
const ROWS_AT_ONCE = 8;
const NEAR_PX = 700;
const AT_END_PX = 60;

/**
 * Messages of a room, with all values that they need from the models.
 *
 * @param {{chat: Page.Chat, room: Page.Room, timeline: Page.Timeline}} properties
 */
export function Messages({ chat, room, timeline }) {
  useModels(timeline, chat.people, chat.quotes);
  return html`<${MessageList} chat=${chat} room=${room} timeline=${timeline} />`;
}

/**
 * Messages of a room, the newest at the bottom. A reader at the end stays there; a reader elsewhere keeps the scroll
 * position, to the pixel, whatever is added or removed above and below.
 */
class MessageList extends Component {
  #list = /** @type {HTMLElement} */ (/** @type {unknown} */ (null));
  /** @type {number | null} */
  #shownTarget = null;
  #entered = false;
  #announced = 0;
  /** Number of the timeline's history at the last drawing. */
  #history = 0;
  /** Scroll position at the last check, in pixels. */
  #seenTop = 0;
  /** Number of newest rows that may be drawn; it grows until all are. */
  #drawn = ROWS_AT_ONCE;
  /** True while older rows wait for their task. */
  #isPartial = false;
  #resized = new ResizeObserver(() => this.#stick());

  componentDidMount() {
    this.#resized.observe(this.#list);
    this.#settle({ scrolled: false, anchor: null });
  }

  componentWillUnmount() {
    this.#resized.disconnect();
    this.props.timeline.place = null;
  }

  /** Scroll state before the list changes. */
  getSnapshotBeforeUpdate() {
    const scrolled = this.#hasScrolledUp();
    return { scrolled, anchor: this.props.timeline.followed && !scrolled ? null : this.#anchor() };
  }

  /** @param {unknown} _before @param {unknown} _state @param {Snapshot} snapshot */
  componentDidUpdate(_before, _state, snapshot) {
    this.#settle(snapshot);
  }

  /** True when the user has scrolled up and the event has not arrived yet. */
  #hasScrolledUp() {
    return this.#list.scrollTop < this.#seenTop - 1;
  }

  /**
   * Place of the first visible message, except the first of the list and the line of a day: when older messages are
   * added, the former loses its name and the latter moves up.
   */
  #anchor() {
    const row = this.#topRow();
    return row && { key: row.dataset.key, top: row.getBoundingClientRect().top };
  }

  #topRow() {
    const top = this.#list.getBoundingClientRect().top;
    const rows = this.#list.querySelectorAll("[data-seq]");
    let [above, below] = [0, rows.length];
    while (below - above > 1) {
      const middle = (above + below) >> 1;
      if (rows[middle].getBoundingClientRect().bottom > top + 1) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return rows[below] ?? null;
  }

  /** Event at the top, to which the timeline returns later. */
  #place = () => {
    const row = this.#topRow();
    return row && { seq: Number(row.dataset.seq), stamp: row.dataset.stamp };
  };

  /** @param {Snapshot} given */
  #settle({ scrolled, anchor }) {
    const { timeline } = this.props;
    timeline.place = this.#place;
    if (timeline.target !== null && timeline.target !== this.#shownTarget && timeline.loaded) {
      this.#showTarget();
    } else if (!this.#entered && timeline.loaded) {
      this.#enter();
    } else if (timeline.followed && !scrolled) {
      this.#toEnd();
    } else if (anchor) {
      this.#keepPlace(anchor);
    }
    if (timeline.target === null) {
      this.#shownTarget = null;
    }
    if (!scrolled) {
      this.#seenTop = this.#list.scrollTop;
    }
    this.#fill();
    if (this.#isPartial) {
      void this.#drawMore();
    }
  }

  /**
   * Newest rows of a list that is opened at its end, until all are drawn. Where the first unread message or a target leads
   * elsewhere, all rows are drawn at once.
   *
   * @param {import("./rows.js").Row[]} rows
   */
  #newest(rows) {
    const leadsElsewhere = this.props.timeline.target !== null || rows.some(({ type }) => type === "new");
    this.#isPartial = rows.length > this.#drawn && !leadsElsewhere;
    if (rows.length > 0 && !this.#isPartial) {
      this.#drawn = Infinity;
    }
    return this.#isPartial ? rows.slice(-this.#drawn) : rows;
  }

  async #drawMore() {
    const drawn = this.#drawn;
    await nextTask();
    if (this.#list !== null && drawn === this.#drawn) {
      this.#drawn += ROWS_AT_ONCE;
      this.setState({});
    }
  }

  /** First scroll position: the first unread message, or else the end. */
  #enter() {
    this.#entered = true;
    const line = this.#list.querySelector(".new-line");
    this.#toEnd();
    if (line && line.getBoundingClientRect().top < this.#list.getBoundingClientRect().top) {
      line.scrollIntoView({ block: "start" });
    }
    this.#scrolled();
  }

  #showTarget() {
    const { timeline } = this.props;
    this.#entered = true;
    this.#shownTarget = timeline.target;
    timeline.followed = false;
    const row = this.#list.querySelector(`[data-seq="${timeline.target}"]`);
    if (row) {
      row.scrollIntoView({ block: "center" });
      row.classList.add("target");
      row.addEventListener("animationend", () => row.classList.remove("target"), { once: true });
      row.focus({ preventScroll: true });
    }
  }

  /** @param {Anchor} given */
  #keepPlace({ key, top }) {
    const row = this.#list.querySelector(`[data-key="${CSS.escape(/** @type {string} */ (key))}"]`);
    if (row) {
      const moved = row.getBoundingClientRect().top - top;
      this.#list.scrollTop += moved;
      // The user may have scrolled from there, and the event may still be on its way.
      this.#seenTop += moved;
    }
  }

  #stick() {
    if (this.props.timeline.followed && !this.#hasScrolledUp()) {
      this.#toEnd();
    }
  }

  #toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#seenTop = this.#list.scrollTop;
  }

  #scrolled() {
    if (this.#list === null) {
      // An event of a list that was removed from the page.
      return;
    }
    const { chat, timeline } = this.props;
    this.#seenTop = this.#list.scrollTop;
    const fromEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight;
    const followed = timeline.atEnd && fromEnd < AT_END_PX;
    if (followed !== timeline.followed) {
      timeline.followed = followed;
      this.setState({});
    }
    if (followed) {
      chat.seen();
    }
    this.#fill();
  }

  /** Asks for more when an end comes near; the answer draws again, and so asks on until there is enough. */
  #fill() {
    const { timeline } = this.props;
    if (!this.#entered || timeline.loading || this.#isPartial) {
      return;
    }
    if (this.#list.scrollTop < NEAR_PX) {
      timeline.older();
    } else if (this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < NEAR_PX) {
      timeline.newer();
    }
  }

  /** @param {{chat: Page.Chat, room: Page.Room, timeline: Page.Timeline}} given */
  render({ chat, room, timeline }) {
    const pending = timeline.atEnd ? timeline.pending() : [];
    const rows = this.#newest(rowsOf(timeline.items, pending, /** @type {string} */ (chat.user), timeline.readBefore));
    const changes = timeline.pendingChanges();
    return html`<div class="list-frame">
      <div
        class="messages"
        ref=${(/** @type {HTMLElement} */ list) => (this.#list = list)}
        data-list=${MESSAGE_ITEMS}
        role="log"
        aria-live="off"
        aria-label=${say("messages")}
        aria-busy=${timeline.loading !== null}
        tabindex="0"
        data-testid="messages"
        onScroll=${() => this.#scrolled()}
      >
        ${timeline.loading === "newest" && timeline.copiedAt === null && html`<${Skeleton} />`}
        ${
          timeline.failed &&
          html`<p class="list-note">${say("failed")} <button class="link" onClick=${() => timeline.again()}>${common("again")}</button></p>`
        }
        ${timeline.atStart && !this.#isPartial && html`<${Beginning} chat=${chat} room=${room} />`}
        ${rows.map((row) => this.#row(row, changes))}
      </div>
      ${
        timeline.loaded &&
        !timeline.followed &&
        html`<button class="latest" data-testid="latest" onClick=${() => this.#toLatest()}>
        <${Icon} name="down" />${room.unreadCount > 0 ? say("newCount", { count: room.unreadCount }) : say("toNewest")}
      </button>`
      }
      <${WayBack} chat=${chat} room=${room} />
      <p class="unseen" role="log" aria-live="polite" data-testid="announcer">${this.#announcement()}</p>
    </div>`;
  }

  /** @param {import("./rows.js").Row} row @param {Page.Request[]} requested */
  #row(row, requested) {
    const { chat, room } = this.props;
    const changes =
      requested.length > 0 && row.type === "message" ? requested.filter((change) => isAbout(change, row.message)) : NO_CHANGES;
    return drawnRow(
      row.key,
      () => lookOf(row, chat, room, changes),
      () => html`<${Boundary} of=${"message" in row ? row.message : "event" in row ? row.event : "events" in row ? row.events : undefined} instead=${() => "message" in row && html`<${PlainMessage} message=${row.message} />`}>
        <${Row} row=${row} chat=${chat} room=${room} changes=${changes} />
      <//>`,
    );
  }

  /** Text for screen readers: the newest live message of another user. */
  #announcement() {
    const { chat, timeline } = this.props;
    const newest = timeline.items.at(-1);
    if (!this.#entered || !newest || newest.kind !== "message") {
      this.#announced = newest?.seq ?? 0;
      return "";
    }
    if (this.#announced === 0 || this.#history !== timeline.history || newest.sender === chat.user || !timeline.atEnd) {
      this.#history = timeline.history;
      this.#announced = newest.seq;
      return "";
    }
    return newest.seq > this.#announced ? say("said", { name: chat.people.name(newest.sender), text: newest.text ?? "" }) : "";
  }

  async #toLatest() {
    await this.props.timeline.latest();
    this.#toEnd();
    this.#list.focus();
  }
}

/** @type {Page.Request[]} */
const NO_CHANGES = [];

/**
 * All on which the look of a row depends.
 *
 * @param {import("./rows.js").Row} row
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 * @param {Page.Request[]} changes
 */
function lookOf(row, chat, room, changes) {
  switch (row.type) {
    case "day":
      return [dayName(row.at)];
    case "notice":
      return [row.event, chat.people.name(row.event.sender), chat.people.name(row.event.userId)];
    case "notices":
      return [...row.events, ...row.events.flatMap(({ sender, userId }) => [chat.people.name(sender), chat.people.name(userId)])];
    case "message":
      return messageLook({ chat, room, message: row.message, follows: row.follows, quiet: row.quiet, changes });
    default:
      return [row.type];
  }
}

/** @param {{row: import("./rows.js").Row, chat: Page.Chat, room: Page.Room, changes: Page.Request[]}} properties */
function Row({ row, chat, room, changes }) {
  switch (row.type) {
    case "day":
      return html`<div class="day" data-key=${row.key}><button class="day-name" data-testid="day" title=${say("jump")} onClick=${() => chat.ask({ kind: "date", room: room.roomId, at: row.at })}>${dayName(row.at)}</button></div>`;
    case "new":
      return html`<div class="new-line" data-key=${row.key} role="separator" data-testid="new-line"><span>${say("newLine")}</span></div>`;
    case "notices":
      return html`<${Notices} chat=${chat} room=${room} events=${row.events} />`;
    case "notice":
      return html`<${Notice} chat=${chat} event=${row.event} />`;
    default:
      return html`<${Message}
        chat=${chat}
        room=${room}
        message=${row.message}
        follows=${row.follows}
        quiet=${row.quiet}
        changes=${changes}
      />`;
  }
}

/** Heading above the first message of the room. @param {{chat: Page.Chat, room: Page.Room}} properties */
function Beginning({ chat, room }) {
  const direct = room.visibility === "direct";
  return html`<div class="beginning" data-testid="beginning">
    <h2>${direct ? say("direct", { name: html`<bdi>${chat.rooms.title(room)}</bdi>` }) : say("beginning", { room: html`<bdi>${room.name}</bdi>` })}</h2>
    <p>${direct ? say("directText") : html`<bdi>${room.description || room.topic || say("beginningText")}</bdi>`}</p>
  </div>`;
}
