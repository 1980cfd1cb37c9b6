import { useEffect } from "preact/hooks";
import { html, memo, useValue } from "./html.js";
import { Composer } from "./composer.js";
import { ConnectionBar } from "./connection-bar.js";
import { Icon, IconButton } from "./icons.js";
import { Menu } from "./menu.js";
import { Messages } from "./message-list.js";
import { RoomSign } from "./room-sign.js";
import { isSameButCounts } from "./same-room.js";

/** One room: its head, its messages, and where one writes. Each is drawn again by itself. */
export function Conversation({ chat, room }) {
  const timeline = chat.timelines.of(room.roomId);
  const title = useValue(() => chat.rooms.title(room), chat.people);
  useEffect(() => void chat.people.members(room.roomId), [room.roomId]);
  return html`<main class="talk" aria-label=${title}>
    <${Head} chat=${chat} room=${room} />
    <${ConnectionBar} chat=${chat} />
    <${Messages} chat=${chat} room=${room} timeline=${timeline} />
    <${Foot} chat=${chat} room=${room} />
  </main>`;
}

const PANELS = [
  { kind: "pins", icon: "pin", label: "Pinned messages" },
  { kind: "members", icon: "people", label: "Members" },
  { kind: "settings", icon: "settings", label: "Room settings" },
];

const Head = memo(function Head({ chat, room }) {
  const { panel, panes, title } = useHead(chat, room);
  const direct = room.visibility === "direct";
  const open = (kind) => panel?.kind === kind;
  const panels = PANELS.filter(({ kind }) => !direct || kind === "pins");
  return html`<header class="talk-head">
    <${IconButton} icon="back" label="Back to the rooms" testid="back" class="icon-button back" onClick=${() => chat.showRooms()} />
    <${RoomSign} chat=${chat} room=${room} />
    <div class="bar-title">
      <h1 data-testid="room-title">${title}</h1>
      <p class="topic" data-testid="room-topic" title=${room.topic}>${direct ? `@${room.peer}` : room.topic}</p>
    </div>
    <div class="talk-tools">
      <${IconButton} icon="find" label="Search (Ctrl+Shift+F)" testid="search" pressed=${open("search")} onClick=${() => chat.togglePanel("search")} />
      ${panes === 1 && panels.length > 1
        ? html`<${Menu} label="More of the room" testid="room-menu" items=${() => panels.map(({ kind, ...item }) => ({ ...item, testid: kind, act: () => chat.togglePanel(kind) }))} />`
        : panels.map(({ kind, icon, label }) => html`<${IconButton} key=${kind} icon=${icon} label=${label} testid=${kind} pressed=${open(kind)} onClick=${() => chat.togglePanel(kind)} />`)}
    </div>
  </header>`;
}, isSameButCounts);

/** All that is in the head beside the room itself. */
function useHead(chat, room) {
  const { people, presence, rooms, screen } = chat;
  const [panel, panes, title] = useValue(
    () => [chat.panel, screen.panes, rooms.title(room), presence.of(room.roomId, room.peer)], chat, people, presence, screen);
  return { panel, panes, title };
}

/** Where one writes, or why one cannot. */
const Foot = memo(function Foot({ chat, room }) {
  const { people, rooms, screen, writing } = chat;
  useValue(
    () => [writing.version, screen.version, rooms.title(room), people.name(writing.replyTo?.sender)],
    people, screen, writing);
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
}, isSameButCounts);
