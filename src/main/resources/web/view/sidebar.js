import { drawnRow } from "./drawn-row.js";
import { html, memo, useModels, useValue } from "./html.js";
import { Avatar } from "./avatar.js";
import { ConnectionBar, connectionState } from "./connection-bar.js";
import { Icon, IconButton } from "./icons.js";
import { SessionNote } from "./session-note.js";
import { WelcomeCard } from "./welcome.js";
import { callsOf, isUnread } from "../model/rooms.js";

/** All rooms of the user, and the account. */
export const Sidebar = memo(function Sidebar({ chat }) {
  const { rooms, screen } = chat;
  // On a phone the rooms are all there is to see.
  const [alone, isOpen] = useValue(() => [chat.view === "rooms" && screen.panes === 1, chat.current !== null], chat, rooms, screen);
  return html`<div class="side" role=${alone ? "main" : "navigation"} aria-label="Rooms">
    <div class="side-head">
      <img src="/mark.svg" alt="" width="28" height="28" /><${alone ? "h1" : "strong"} class="brand">Parlance<//>
      <${IconButton} icon="find" label="Find a room or person (Ctrl+K)" testid="find" onClick=${() => chat.ask({ kind: "find" })} />
      <${IconButton} icon="plus" label="New room" testid="new-room" onClick=${() => chat.ask({ kind: "new-room" })} />
    </div>
    <${Lists} chat=${chat} alone=${alone} />
    ${!isOpen && html`<${ConnectionBar} chat=${chat} />`}
    <${SessionNote} storage=${chat.storage} />
    <${Footer} chat=${chat} />
  </div>`;
});

const Lists = memo(function Lists({ chat, alone }) {
  const { rooms, people, presence } = chat;
  useModels(rooms, people, presence);
  const open = useValue(() => chat.room, chat);
  const { archived } = rooms;
  const listed = (room) => roomRow(chat, room, room.roomId === open);
  return html`<div class="side-scroll" aria-busy=${!rooms.settled}>
      ${alone && rooms.none && html`<${WelcomeCard} chat=${chat} heading="h2" />`}
      ${rooms.invitations.length > 0 &&
      html`<${Group} title="Invitations">${rooms.invitations.map((room) => html`<${Invitation} key=${room.roomId} chat=${chat} room=${room} />`)}<//>`}
      ${rooms.failed &&
      !rooms.loaded &&
      html`<p class="side-note" role="status" data-testid="rooms-failed">
        Your rooms could not be loaded. <button class="link" onClick=${() => rooms.load()}>Try again</button>
      </p>`}
      <${Group} title="Rooms" testid="my-rooms">
        ${rooms.mine.map(listed)}
        <li>
          <button class="room-item quiet" data-testid="browse" onClick=${() => chat.ask({ kind: "find" })}>
            <span class="room-sign"><${Icon} name="plus" /></span><span class="room-name">Find or start a room</span>
          </button>
        </li>
      <//>
      <${Group} title="Direct messages" testid="direct-rooms">
        ${rooms.direct.map(listed)}
        <li>
          <button class="room-item quiet" data-testid="new-direct" onClick=${() => chat.ask({ kind: "new-direct" })}>
            <span class="room-sign"><${Icon} name="plus" /></span><span class="room-name">Write to somebody</span>
          </button>
        </li>
      <//>
      ${archived.length > 0 &&
      html`<details class="side-group" open=${archived.some((room) => room.roomId === open)} data-testid="archived-rooms">
        <summary>Archived <${Icon} name="unfold" /></summary>
        <ul>${archived.map(listed)}</ul>
      </details>`}
    </div>`;
});

function Group({ title, testid, children }) {
  return html`<section class="side-group">
    <h2>${title}</h2>
    <ul data-testid=${testid}>${children}</ul>
  </section>`;
}

/** A room in a list, by all that is seen of it there. */
function roomRow(chat, room, open) {
  const { roomId, visibility, archived, unread, mentions, peer } = room;
  const look = [chat.rooms.title(room), visibility, archived, unread, mentions, open, peer && chat.presence.of(roomId, peer)];
  return drawnRow(roomId, look, () => html`<${RoomItem} chat=${chat} room=${room} open=${open} />`);
}

/** A room's name, and how much of it is unread. */
function RoomItem({ chat, room, open }) {
  const calls = callsOf(room);
  return html`<li>
    <button
      class="room-item"
      data-testid=${`room-${room.roomId}`}
      data-unread=${isUnread(room)}
      aria-current=${open ? "page" : undefined}
      onClick=${() => chat.open(room.roomId)}
    >
      <${RoomSign} chat=${chat} room=${room} />
      <span class="room-name">${chat.rooms.title(room)}</span>
      ${isUnread(room) &&
      html`<span class="badge" data-calls=${calls > 0} data-testid="badge">
        <span aria-hidden="true">${shortCount(calls || room.unread)}</span>
        <span class="unseen">${calls > 0 ? `, ${calls} for you` : ""}${room.unread > 0 ? `, ${room.unread} unread` : ""}</span>
      </span>`}
    </button>
  </li>`;
}

/** What kind of room it is: a person, a lock or a hash. */
export function RoomSign({ chat, room }) {
  if (room.visibility === "direct") {
    return html`<${Avatar} small user=${room.peer} name=${chat.people.name(room.peer)} presence=${chat.presence.of(room.roomId, room.peer)} />`;
  }
  return html`<span class="room-sign"><${Icon} name=${room.archived ? "archive" : room.visibility === "private" ? "lock" : "hash"} /></span>`;
}

function Invitation({ chat, room }) {
  return html`<li class="invitation" data-testid=${`invitation-${room.roomId}`}>
    <${RoomSign} chat=${chat} room=${room} />
    <span>
      <strong>${room.name}</strong>
      ${room.invitedBy && html`<span class="hint">${chat.people.name(room.invitedBy)} invites you</span>`}
    </span>
    <span class="row">
      <button
        class="small primary"
        data-testid="accept"
        aria-label=${`Join ${room.name}`}
        onClick=${() => chat.attempt(() => chat.rooms.join(room.roomId).then(() => chat.open(room.roomId)))}
      >
        Join
      </button>
      <button class="small secondary" data-testid="decline" aria-label=${`Decline ${room.name}`} onClick=${() => chat.attempt(() => chat.rooms.decline(room.roomId))}>Decline</button>
    </span>
  </li>`;
}

const Footer = memo(function Footer({ chat }) {
  const { client, people, preferences } = chat;
  const [state, name] = useValue(
    () => [connectionState(client), people.name(client.user), client.state, preferences.version], chat, people, preferences);
  return html`<div class="side-foot">
    <button class="account" data-testid="account" aria-label="Your account" onClick=${() => chat.ask({ kind: "account" })}>
      <${Avatar} user=${client.user} name=${name} />
      <span class="account-text">
        <span class="account-name" data-testid="me">${name}</span>
        <span class="state" data-state=${client.state} data-testid="state">${state}</span>
      </span>
    </button>
    <${IconButton}
      icon=${preferences.dark ? "sun" : "moon"}
      label=${preferences.dark ? "Switch to light" : "Switch to dark"}
      testid="theme"
      onClick=${() => (preferences.theme = preferences.dark ? "light" : "dark")}
    />
    <${IconButton} icon="help" label="Keyboard shortcuts (?)" testid="help" onClick=${() => chat.ask({ kind: "shortcuts" })} />
  </div>`;
});

const shortCount = (count) => (count > 99 ? "99+" : String(count));
