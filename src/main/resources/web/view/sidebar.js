import { useState } from "preact/hooks";
import { html, memo, useModels, useValue } from "./html.js";
import { Avatar } from "./avatar.js";
import { ConnectionBar, connectionState } from "./connection-bar.js";
import { IconButton } from "./icons.js";
import { lazy } from "./lazy.js";
import { OwnLists } from "./own-lists.js";
import { RoomList } from "./room-list.js";
import { RoomSign } from "./room-sign.js";
import { SearchButton } from "./search-button.js";
import { SessionNote } from "./session-note.js";
import { VersionBar } from "./version-bar.js";
import { WelcomeCard } from "./welcome.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/shell.js";

const PopupMenu = lazy(
  () => import("./popup-menu.js"),
  ({ children }) => html`<div class="menu popup">${children}</div>`,
);

/** Sidebar: rooms of the user, account. */
export const Sidebar = memo(function Sidebar(/** @type {{chat: Page.Chat}} */ { chat }) {
  const { rooms, screen } = chat;
  const [sorting, setSorting] = useState(/** @type {{anchor: Page.Anchor, opener: HTMLElement} | null} */ (null));
  // On a phone the rooms are all there is to see.
  const [alone, isOpen] = useValue(
    () => [chat.view === "rooms" && screen.panes === 1, chat.current !== null],
    chat,
    rooms,
    screen,
  );
  return html`<div class="side" role=${alone ? "main" : "navigation"} aria-label=${say("rooms")}>
    <div class="side-head">
      <img src="/mark.svg" alt="" width="28" height="28" /><${alone ? "h1" : "strong"} class="brand">Parlance<//>
      <${IconButton} icon="compass" label=${say("withKeys", { label: say("find"), keys: "Ctrl+K" })} testid="find" onClick=${() => chat.ask({ kind: "find" })} />
      <${IconButton}
        icon="sort"
        label=${say("order")}
        testid="order"
        aria-haspopup="menu"
        aria-expanded=${sorting !== null}
        onClick=${(/** @type {MouseEvent} */ { currentTarget: opener }) => setSorting({ anchor: opener.getBoundingClientRect(), opener })}
      />
      <${IconButton} icon="plus" label=${say("newRoom")} testid="new-room" onClick=${() => chat.ask({ kind: "new-room" })} />
    </div>
    <${SearchButton} chat=${chat} />
    <${RoomList} chat=${chat}><${AboveRooms} chat=${chat} alone=${alone} /><//>
    ${sorting && html`<${OrderMenu} chat=${chat} menu=${sorting} close=${() => setSorting(null)} />`}
    ${!isOpen && html`<${ConnectionBar} chat=${chat} />`}
    <${SessionNote} storage=${chat.storage} />
    <${VersionBar} chat=${chat} />
    <${Footer} chat=${chat} />
  </div>`;
});

/** All that stands above the rooms and scrolls with them. */
const AboveRooms = memo(function AboveRooms(/** @type {{chat: Page.Chat, alone: boolean}} */ { chat, alone }) {
  const { rooms, people } = chat;
  const [isNone, isFailed] = useValue(
    () => [
      rooms.none,
      rooms.failed && !rooms.loaded,
      ...rooms.invitations.flatMap((room) => [room, people.name(room.invitedBy)]),
    ],
    rooms,
    people,
  );
  const { invitations } = rooms;
  return html`
    ${alone && isNone && html`<${WelcomeCard} chat=${chat} heading="h2" />`}
    <${OwnLists} chat=${chat} />
    ${
      invitations.length > 0 &&
      html`<section class="side-group">
      <h2>${say("invitations")}</h2>
      <ul data-list=".invitation">${invitations.map((room) => html`<${Invitation} key=${room.roomId} chat=${chat} room=${room} />`)}</ul>
    </section>`
    }
    ${
      isFailed &&
      html`<p class="side-note" role="status" data-testid="rooms-failed">
      ${say("roomsFailed")} <button class="link" onClick=${() => rooms.load()}>${common("again")}</button>
    </p>`
    }
  `;
});

const ORDERS = /** @type {const} */ (["recent", "unread", "name"]);

/** @param {{chat: Page.Chat, menu: {anchor: Page.Anchor, opener: HTMLElement}, close: () => void}} properties */
function OrderMenu({ chat, menu, close }) {
  useModels(chat.list);
  const items = ORDERS.map((order) => ({
    label: say(/** @type {Parameters<typeof say>[0]} */ (`order_${order}`)),
    testid: `order-${order}`,
    checked: chat.list.order === order,
    act: () => chat.attempt(() => chat.list.setOrder(order)),
  }));
  return html`<${PopupMenu} label=${say("order")} ...${menu} items=${items} close=${close} />`;
}

/** @param {{chat: Page.Chat, room: Page.Room}} properties */
function Invitation({ chat, room }) {
  return html`<li class="invitation" data-testid=${`invitation-${room.roomId}`}>
    <${RoomSign} chat=${chat} room=${room} />
    <span>
      <strong><bdi>${room.name}</bdi></strong>
      ${room.invitedBy && html`<span class="hint">${say("invites", { name: html`<bdi>${chat.people.name(room.invitedBy)}</bdi>` })}</span>`}
    </span>
    <span class="row">
      <button
        class="small primary"
        data-testid="accept"
        aria-label=${say("joinRoom", { room: room.name })}
        onClick=${() => chat.attempt(() => chat.rooms.join(room.roomId).then(() => chat.open(room.roomId)))}
      >
        ${say("join")}
      </button>
      <button class="small secondary" data-testid="decline" aria-label=${say("declineRoom", { room: room.name })} onClick=${() => chat.attempt(() => chat.rooms.decline(room.roomId))}>${say("decline")}</button>
    </span>
  </li>`;
}

const Footer = memo(function Footer(/** @type {{chat: Page.Chat}} */ { chat }) {
  const { client, people, preferences } = chat;
  const [state, name] = useValue(
    () => [connectionState(client), people.name(client.userId), client.state, preferences.version],
    chat,
    people,
    preferences,
  );
  return html`<div class="side-foot">
    <button class="account" data-testid="account" aria-label=${say("account")} onClick=${() => chat.ask({ kind: "account" })}>
      <${Avatar} user=${client.userId} name=${name} />
      <span class="account-text">
        <span class="account-name" data-testid="me"><bdi>${name}</bdi></span>
        <span class="state" data-state=${client.state} data-testid="state">${state}</span>
      </span>
    </button>
    <${IconButton}
      icon=${preferences.dark ? "sun" : "moon"}
      label=${preferences.dark ? say("toLight") : say("toDark")}
      testid="theme"
      onClick=${() => (preferences.theme = preferences.dark ? "light" : "dark")}
    />
    <${IconButton} icon="help" label=${say("withKeys", { label: say("shortcuts"), keys: "?" })} testid="help" onClick=${() => chat.ask({ kind: "shortcuts" })} />
  </div>`;
});
