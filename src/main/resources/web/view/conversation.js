import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { html, memo, useValue } from "./html.js";
import { Composer } from "./composer.js";
import { ConnectionBar } from "./connection-bar.js";
import { isLost } from "./focus.js";
import { Icon, IconButton } from "./icons.js";
import { Menu } from "./menu.js";
import { Messages } from "./message-list.js";
import { RoomSign } from "./room-sign.js";
import { isSameButCounts } from "./same-room.js";
import { say } from "../words/en/room.js";
import { say as shell } from "../words/en/shell.js";

/**
 * One room: head, messages, composer. Each is redrawn separately.
 *
 * @param {{chat: Page.Chat, room: Page.Room}} properties
 */
export function Conversation({ chat, room }) {
  const timeline = chat.timelines.of(room.roomId);
  const title = useValue(() => chat.rooms.title(room), chat.people);
  useEffect(() => void chat.people.members(room.roomId), [room.roomId]);
  const place = usePlaceOnPhone(chat, room.roomId);
  return html`<main class="talk" ref=${place} tabindex="-1" aria-label=${title}>
    <${Head} chat=${chat} room=${room} />
    <${ConnectionBar} chat=${chat} />
    <${Messages} chat=${chat} room=${room} timeline=${timeline} />
    <${Foot} chat=${chat} room=${room} />
  </main>`;
}

/**
 * On a phone the conversation replaces the rooms: it takes the focus, and returns it to its row of the list.
 *
 * @param {{screen: Page.Screen}} given
 * @param {string} roomId
 */
function usePlaceOnPhone({ screen }, roomId) {
  const place = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useEffect(() => {
    if (screen.panes === 1 && !place.current.contains(document.activeElement)) {
      place.current.focus({ preventScroll: true });
    }
  }, []);
  useLayoutEffect(
    () => () => {
      if (screen.panes === 1 && (isLost() || place.current.contains(document.activeElement))) {
        const row = /** @type {HTMLElement | null} */ (document.querySelector(`.side [data-key="${CSS.escape(roomId)}"]`));
        row?.focus({ preventScroll: true });
      }
    },
    [],
  );
  return place;
}

/** Panels of a room; their words have the same names. */
const PANELS = /** @type {const} */ ([
  { kind: "pins", icon: "pin" },
  { kind: "members", icon: "people" },
  { kind: "settings", icon: "settings" },
]);

const Head = memo(function Head(/** @type {{chat: Page.Chat, room: Page.Room}} */ { chat, room }) {
  const { panel, panes, title } = useHead(chat, room);
  const direct = room.visibility === "direct";
  /** @param {Page.Panel["kind"]} kind */
  const open = (kind) => panel?.kind === kind;
  const panels = PANELS.filter(({ kind }) => !direct || kind === "pins");
  return html`<header class="talk-head">
    <${IconButton} icon="back" label=${say("backToRooms")} testid="back" class="icon-button back" onClick=${() => chat.showRooms()} />
    <${RoomSign} chat=${chat} room=${room} />
    <div class="bar-title">
      <h1 data-testid="room-title"><bdi>${title}</bdi></h1>
      <p class="topic" data-testid="room-topic" title=${room.topic}><bdi>${direct ? `@${room.peer}` : room.topic}</bdi></p>
    </div>
    <div class="talk-tools">
      <${IconButton} icon="find" label=${shell("withKeys", { label: say("search"), keys: "Ctrl+Shift+F" })} testid="search" pressed=${open("search")} onClick=${() => chat.togglePanel("search")} />
      ${
        panes === 1 && panels.length > 1
          ? html`<${Menu} label=${say("more")} testid="room-menu" items=${() => panels.map(({ kind, ...item }) => ({ ...item, label: say(kind), testid: kind, act: () => chat.togglePanel(kind) }))} />`
          : panels.map(
              ({ kind, icon }) =>
                html`<${IconButton} key=${kind} icon=${icon} label=${say(kind)} testid=${kind} pressed=${open(kind)} onClick=${() => chat.togglePanel(kind)} />`,
            )
      }
    </div>
  </header>`;
}, isSameButCounts);

/** Buttons of the head. @param {Page.Chat} chat @param {Page.Room} room */
function useHead(chat, room) {
  const { people, presence, rooms, screen } = chat;
  const [panel, panes, title] = useValue(
    () => [chat.panel, screen.panes, rooms.title(room), presence.of(room.roomId, room.peer)],
    chat,
    people,
    presence,
    screen,
  );
  return { panel, panes, title };
}

/** The composer, or the reason why there is none. */
const Foot = memo(function Foot(/** @type {{chat: Page.Chat, room: Page.Room}} */ { chat, room }) {
  const { people, rooms, screen, writing } = chat;
  useValue(
    () => [writing.version, screen.version, rooms.title(room), people.name(writing.replyTo?.sender)],
    people,
    screen,
    writing,
  );
  if (room.archived) {
    return html`<p class="foot-note"><${Icon} name="archive" /> ${say("archived")}</p>`;
  }
  if (room.membership !== "joined") {
    return html`<div class="foot-note" data-testid="join-bar">
      <span>${say("looking", { room: html`<strong><bdi>${room.name}</bdi></strong>` })}</span>
      <button class="primary" data-testid="join" onClick=${() => chat.attempt(() => chat.rooms.join(room.roomId))}>${say("join")}</button>
    </div>`;
  }
  if (room.muted) {
    return html`<p class="foot-note">${say("muted")}</p>`;
  }
  return html`<${Composer} key=${`${room.roomId}/${chat.writing.editing?.stamp ?? ""}`} chat=${chat} room=${room} />`;
}, isSameButCounts);
