import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html, memo, useModels, usePaced, useValue } from "./html.js";
import { Icon } from "./icons.js";
import { ROOM_LIST_KEYS, calledBy } from "./keys.js";
import { lazy } from "./lazy.js";
import { useListView } from "./list-view.js";
import { RoomItem, roomActions } from "./room-item.js";
import { ListWindow } from "../model/list-window.js";
import { callsOf, isUnread } from "../model/room-preferences.js";
import { say } from "../words/en/shell.js";

const PopupMenu = lazy(
  () => import("./popup-menu.js"),
  ({ children }) => html`<div class="menu popup">${children}</div>`,
);

/** Heights as in the style sheet, in pixels. */
const BY_POINTER = { head: 38, row: 36 };
const BY_TOUCH = { head: 42, row: 44 };
/** Height of the buttons over the list, which hide a row. */
const BUTTON_PX = 44;
const LONG_PRESS_MS = 500;
/** Pause between two drawings for messages in other rooms. */
const NEWS_PAUSE_MS = 500;

/** @type {Record<string, string>} */
const TEST_IDS = { starred: "starred-rooms", rooms: "my-rooms", direct: "direct-rooms", archived: "archived-rooms" };
/** Buttons below the rooms of a section. */
/** @type {Record<string, {key: string, testid: string, text: () => string, dialog: string}>} */
const ACTIONS = {
  rooms: { key: "+room", testid: "browse", text: () => say("startRoom"), dialog: "find" },
  direct: { key: "+direct", testid: "new-direct", text: () => say("writeTo"), dialog: "new-direct" },
};

/**
 * @typedef {{id: string, head: string, folded: boolean, rooms: Page.Room[], count: number, action: {key: string, testid: string, text: () => string,
 *   dialog: string} | undefined, keys: string[]}} RoomGroup a section as the list draws it
 * @typedef {(room: string, anchor: Page.Anchor, opener: HTMLElement) => void} OpenMenu
 */

/**
 * Rooms of the user, in sections.
 *
 * @param {{chat: Page.Chat, children: Page.Children}} props the children stand above the rooms
 */
export function RoomList({ chat, children }) {
  const { list, rooms, screen } = chat;
  useModels(list, chat.people, screen);
  usePaced(NEWS_PAUSE_MS, rooms);
  useValue(() => [chat.room, rooms.settled, rooms.own.length], chat, rooms);
  const heights = screen.panes === 1 ? BY_TOUCH : BY_POINTER;
  const groups = list.sections.map((section) => groupOf(section));
  return html`<${Rows} chat=${chat} groups=${groups} rows=${new ListWindow(groups, heights)} heights=${heights}>${children}<//>`;
}

/**
 * Rows of the list. Only those near the screen are drawn, and scrolling sorts nothing. One tab stop: the arrow keys go
 * from row to row.
 *
 * @param {{chat: Page.Chat, groups: RoomGroup[], rows: ListWindow, heights: typeof BY_POINTER, children: Page.Children}} properties
 */
function Rows({ chat, groups, rows, heights, children }) {
  const { list, rooms } = chat;
  const [active, setActive] = useState(/** @type {string | null} */ (null));
  const [menu, setMenu] = useState(/** @type {{room: string, anchor: Page.Anchor, opener: HTMLElement} | null} */ (null));
  const view = useListView(rows);
  const isSettled = rooms.settled;
  const tabStop = [active, chat.room].find((key) => key !== null && rows.placeOf(key) >= 0) ?? rows.rows[0].key;
  useLayoutEffect(() => {
    if (chat.room !== null) {
      view.reveal(chat.room, { margin: BUTTON_PX });
    }
  }, [chat.room, isSettled]);
  /** @param {string} room @param {Page.Anchor} anchor @param {HTMLElement} opener */
  const openMenu = (room, anchor, opener) => setMenu({ room, anchor, opener });
  const press = useLongPress((row) => openMenu(/** @type {string} */ (row.dataset.key), row.getBoundingClientRect(), row));
  /** @param {string} key @param {{inMiddle?: boolean}} [how] */
  const goTo = (key, how) => {
    view.reveal(key, { margin: BUTTON_PX, ...how });
    view.focus(key);
    setActive(key);
  };
  const shown = menu && rooms.get(menu.room);
  return html`<div class="side-list">
    <div
      class="side-scroll"
      ref=${view.scroller}
      aria-busy=${!isSettled}
      style=${{ "--room-head": `${heights.head}px`, "--room-row": `${heights.row}px` }}
      onScroll=${view.measure}
      onFocusIn=${(/** @type {FocusEvent} */ focused) => setActive(focused.target.closest("[data-key]")?.dataset.key ?? active)}
      onKeyDown=${(/** @type {KeyboardEvent} */ key) => step(key, rows, goTo, openMenu)}
      onContextMenu=${(/** @type {MouseEvent} */ asked) => contextMenu(asked, openMenu)}
      ...${press}
    >
      ${children}
      <div class="room-list" ref=${view.list}>
        ${groups.map(
          (group, index) => html`<${Group}
            key=${group.head}
            chat=${chat}
            group=${group}
            place=${rows.groups[index]}
            drawn=${drawnOf(rows, index, view.drawn, tabStop)}
            row=${heights.row}
            tabStop=${tabStop}
            openMenu=${openMenu}
            toggle=${() => (view.hold(group.head), chat.attempt(() => list.toggle(group.id)))}
          />`,
        )}
      </div>
    </div>
    ${isSettled && html`<${MoreUnread} chat=${chat} beyond=${rows.beyond(view.seen.top, view.seen.top + view.seen.height, isUnreadKey(rooms))} goTo=${goTo} />`}
    ${menu && shown && html`<${PopupMenu} key=${menu.room} label=${say("options", { room: rooms.title(shown) })} anchor=${menu.anchor} opener=${menu.opener} items=${roomActions(chat, shown)} close=${() => setMenu(null)} />`}
  </div>`;
}

/** @param {import("../model/room-list.js").Section} given */
function groupOf({ id, folded, rooms, count }) {
  const action = folded ? undefined : ACTIONS[id];
  const keys = [...rooms.map((room) => room.roomId), ...(action ? [action.key] : [])];
  return { id, head: `#${id}`, folded, rooms, count, action, keys };
}

/**
 * Places of the drawn rows within a group: those near the screen, and the tab stop.
 *
 * @param {ListWindow} rows
 * @param {number} index
 * @param {[number, number]} given2
 * @param {string} tabStop
 */
function drawnOf(rows, index, [from, to], tabStop) {
  const { first, size } = rows.groups[index];
  /** @type {number[]} */
  const places = [];
  for (let place = Math.max(from, first + 1); place < Math.min(to, first + 1 + size); place++) {
    places.push(place - first - 1);
  }
  const stop = rows.placeOf(tabStop) - first - 1;
  if (stop >= 0 && stop < size && !places.includes(stop)) {
    places.push(stop);
  }
  return places.sort((one, other) => one - other);
}

/**
 * @param {{chat: Page.Chat, group: RoomGroup, place: {size: number}, drawn: number[], row: number, tabStop: string, openMenu: OpenMenu, toggle: () => void}} properties
 */
function Group({ chat, group, place, drawn, row, tabStop, openMenu, toggle }) {
  const { id, head, folded, rooms, action, keys } = group;
  return html`<section class="side-group" aria-label=${say(/** @type {Parameters<typeof say>[0]} */ (`section_${id}`))}>
    <h2>
      <button class="side-fold" data-testid=${`fold-${id}`} data-key=${head} aria-expanded=${!folded} tabindex=${head === tabStop ? 0 : -1} onClick=${toggle}>
        ${say(/** @type {Parameters<typeof say>[0]} */ (`section_${id}`))} <${Icon} name="unfold" />
      </button>
    </h2>
    <ul data-testid=${TEST_IDS[id]} style=${{ height: `${place.size * row}px` }}>
      ${drawn.map((at) => {
        const key = keys[at];
        const tabindex = key === tabStop ? 0 : -1;
        return html`<li key=${key} style=${{ top: `${at * row}px` }} aria-setsize=${keys.length} aria-posinset=${at + 1}>
          ${
            at < rooms.length
              ? html`<${RoomItem} chat=${chat} room=${rooms[at]} tabindex=${tabindex} openMenu=${openMenu} />`
              : html`<${Action} chat=${chat} action=${action} tabindex=${tabindex} />`
          }
        </li>`;
      })}
    </ul>
  </section>`;
}

const Action = memo(function Action(
  /** @type {{chat: Page.Chat, action: NonNullable<RoomGroup["action"]>, tabindex: number}} */ { chat, action, tabindex },
) {
  return html`<button class="room-item quiet" data-testid=${action.testid} data-key=${action.key} tabindex=${tabindex} onClick=${() => chat.ask({ kind: action.dialog })}>
    <span class="room-sign"><${Icon} name="plus" /></span><span class="room-name">${action.text()}</span>
  </button>`;
});

/**
 * Buttons to the nearest unread rooms outside of the visible part.
 *
 * @param {{chat: Page.Chat, beyond: Record<string, string | null>, goTo: (key: string, how?: {inMiddle?: boolean}) => void}} properties
 */
function MoreUnread({ chat, beyond, goTo }) {
  return [
    ["above", "up"],
    ["below", "down"],
  ].map(([where, icon]) => {
    const key = beyond[where];
    return (
      key !== null &&
      html`<button
      key=${where}
      class="more-unread"
      data-where=${where}
      data-calls=${callsOf(/** @type {Page.Room} */ (chat.rooms.get(key))) > 0}
      data-testid=${`unread-${where}`}
      aria-label=${say(/** @type {Parameters<typeof say>[0]} */ (`moreUnread_${where}`))}
      onClick=${() => goTo(key, { inMiddle: true })}
    >
      <${Icon} name=${icon} />${say("moreUnread")}
    </button>`
    );
  });
}

/** @param {Page.Rooms} rooms */
const isUnreadKey = (rooms) => (/** @type {string} */ key) => {
  const room = rooms.get(key);
  return room !== null && isUnread(room);
};

/**
 * @param {KeyboardEvent} key
 * @param {ListWindow} rows
 * @param {(key: string) => void} goTo
 * @param {OpenMenu} openMenu
 */
function step(key, rows, goTo, openMenu) {
  const at = rows.placeOf(key.target.closest?.("[data-key]")?.dataset.key ?? "");
  const last = rows.rows.length - 1;
  const called = calledBy(ROOM_LIST_KEYS, key)?.name;
  const next = { next: at + 1, previous: at - 1, first: 0, last }[called ?? ""];
  if (at >= 0 && called === "options") {
    key.preventDefault();
    contextMenu(/** @type {any} it has no pointer, and so no button of one */ (key), openMenu);
  } else if (at >= 0 && next !== undefined) {
    key.preventDefault();
    goTo(rows.rows[Math.min(Math.max(next, 0), last)].key);
  }
}

/**
 * Menu of a room, opened by the right mouse button or a key.
 *
 * @param {MouseEvent} asked
 * @param {OpenMenu} openMenu
 */
function contextMenu(asked, openMenu) {
  const row = asked.target.closest(".room-row")?.querySelector(".room-item");
  if (row) {
    asked.preventDefault();
    const { clientX: left, clientY: top } = asked;
    openMenu(
      /** @type {string} */ (row.dataset.key),
      asked.button === 2 ? { left, top, bottom: top } : row.getBoundingClientRect(),
      row,
    );
  }
}

/**
 * Handlers of a long press on a room, for browsers without a context menu on touch. The press does not open the room.
 *
 * @param {(row: HTMLElement) => void} pressed
 */
function useLongPress(pressed) {
  const press = useRef({ timer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined), isLong: false });
  const stop = () => clearTimeout(press.current.timer);
  /** @param {TouchEvent} touch */
  const onTouchStart = (touch) => {
    stop();
    press.current.isLong = false;
    const row = touch.target.closest?.(".room-row")?.querySelector(".room-item");
    if (row) {
      press.current.timer = setTimeout(() => {
        press.current.isLong = true;
        pressed(row);
      }, LONG_PRESS_MS);
    }
  };
  /** @param {MouseEvent} click */
  const onClickCapture = (click) => {
    if (press.current.isLong) {
      press.current.isLong = false;
      click.stopPropagation();
    }
  };
  return { onTouchStart, onTouchMove: stop, onTouchEnd: stop, onTouchCancel: stop, onClickCapture };
}
