import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Composer } from "./composer.js";
import { ConnectionBar } from "./connection-bar.js";
import { isLost } from "./focus.js";
import { Icon, IconButton } from "./icons.js";
import { Menu } from "./menu.js";
import { MessageList } from "./message-list.js";
import { RoomSign } from "./room-sign.js";

/** One room: its head, its messages, and where one writes. */
export function Conversation({ chat, room }) {
  const timeline = chat.timelines.of(room.roomId);
  useModels(chat.rooms, chat.people, chat.writing, chat.screen, chat.quotes, timeline);
  useEffect(() => void chat.people.members(room.roomId), [room.roomId]);
  const place = usePlaceOnPhone(chat, room.roomId);
  return html`<main class="talk" ref=${place} tabindex="-1" aria-label=${chat.rooms.title(room)}>
    <${Head} chat=${chat} room=${room} />
    <${ConnectionBar} chat=${chat} />
    <${MessageList} chat=${chat} room=${room} timeline=${timeline} />
    <${Foot} chat=${chat} room=${room} />
  </main>`;
}

/** On a phone the conversation takes the place of the rooms: it gets the focus, and gives it back to its row of the list. */
function usePlaceOnPhone({ screen }, roomId) {
  const place = useRef(/** @type {any} */ (null));
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

const PANELS = [
  { kind: "pins", icon: "pin", label: "Pinned messages" },
  { kind: "members", icon: "people", label: "Members" },
  { kind: "settings", icon: "settings", label: "Room settings" },
];

function Head({ chat, room }) {
  const direct = room.visibility === "direct";
  const open = (kind) => chat.panel?.kind === kind;
  const panels = PANELS.filter(({ kind }) => !direct || kind === "pins");
  return html`<header class="talk-head">
    <${IconButton} icon="back" label="Back to the rooms" testid="back" class="icon-button back" onClick=${() => chat.showRooms()} />
    <${RoomSign} chat=${chat} room=${room} />
    <div class="bar-title">
      <h1 data-testid="room-title">${chat.rooms.title(room)}</h1>
      <p class="topic" data-testid="room-topic" title=${room.topic}>${direct ? `@${room.peer}` : room.topic}</p>
    </div>
    <div class="talk-tools">
      <${IconButton} icon="find" label="Search (Ctrl+Shift+F)" testid="search" pressed=${open("search")} onClick=${() => chat.togglePanel("search")} />
      ${chat.screen.panes === 1 && panels.length > 1
        ? html`<${Menu} label="More of the room" testid="room-menu" items=${() => panels.map(({ kind, ...item }) => ({ ...item, testid: kind, act: () => chat.togglePanel(kind) }))} />`
        : panels.map(({ kind, icon, label }) => html`<${IconButton} key=${kind} icon=${icon} label=${label} testid=${kind} pressed=${open(kind)} onClick=${() => chat.togglePanel(kind)} />`)}
    </div>
  </header>`;
}

/** Where one writes, or why one cannot. */
function Foot({ chat, room }) {
  if (room.archived) {
    return html`<p class="foot-note"><${Icon} name="archive" /> This room is archived. It can be read, nothing more.</p>`;
  }
  if (!room.member) {
    return html`<div class="foot-note" data-testid="join-bar">
      <span>You are looking at <strong>${room.name}</strong>.</span>
      <button class="primary" data-testid="join" onClick=${() => chat.attempt(() => chat.rooms.join(room.roomId))}>Join the room</button>
    </div>`;
  }
  if (room.muted) {
    return html`<p class="foot-note">You are muted here: you can read, and not write for now.</p>`;
  }
  return html`<${Composer} key=${`${room.roomId}/${chat.writing.editing?.stamp ?? ""}`} chat=${chat} room=${room} />`;
}
