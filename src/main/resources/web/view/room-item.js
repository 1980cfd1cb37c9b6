import { html, memo, useValue } from "./html.js";
import { Icon, IconButton } from "./icons.js";
import { RoomSign } from "./room-sign.js";
import { callsOf, isQuiet, isStarred, isUnread, levelOf, newsOf } from "../model/room-preferences.js";
import { shortCount } from "./own-lists.js";
import { say } from "../words/en/shell.js";

/** A room of the list: name, unread counts, sign of a draft, menu. */
export const RoomItem = memo(function RoomItem(
  /** @type {{chat: Page.Chat, room: Page.Room, tabindex: number, openMenu: import("./room-list.js").OpenMenu}} */ {
    chat,
    room,
    tabindex,
    openMenu,
  },
) {
  const { roomId, peer } = room;
  const { drafts, people, presence, rooms } = chat;
  const [open, title, isWritten] = useValue(
    () => [roomId === chat.room, rooms.title(room), drafts.isIn(roomId), peer && presence.of(roomId, peer)],
    chat,
    drafts,
    people,
    presence,
  );
  return html`<div class="room-row" data-quiet=${isQuiet(room)}>
    <button
      class="room-item"
      data-testid=${`room-${room.roomId}`}
      data-key=${room.roomId}
      data-unread=${isUnread(room)}
      aria-current=${open ? "page" : undefined}
      tabindex=${tabindex}
      onClick=${() => chat.open(room.roomId)}
    >
      <${RoomSign} chat=${chat} room=${room} />
      <span class="room-name"><bdi>${title}</bdi></span>
      ${isQuiet(room) && html`<${Sign} icon="quiet" text=${levelOf(room) === "none" ? say("quietAll") : say("quiet")} />`}
      ${!open && isWritten && html`<${Sign} icon="edit" text=${say("draft")} testid="draft-sign" />`}
      <${Badge} room=${room} />
    </button>
    <${IconButton}
      icon="menu"
      class="icon-button room-options"
      label=${say("options", { room: title })}
      testid="room-options"
      tabindex="-1"
      aria-haspopup="menu"
      onClick=${(/** @type {MouseEvent} */ click) => openMenu(room.roomId, click.currentTarget.getBoundingClientRect(), click.currentTarget)}
    />
  </div>`;
}, isSameItem);

/**
 * The function that opens the menu is a new one in each drawing of the list, with the same effect.
 *
 * @param {unknown} before
 * @param {unknown} now
 * @param {string} name
 */
function isSameItem(before, now, name) {
  return before === now || name === "openMenu";
}

/** @param {{icon: string, text: string, testid: string}} properties */
function Sign({ icon, text, testid }) {
  return html`<span class="item-sign" data-testid=${testid}><${Icon} name=${icon} /><span class="unseen">${text}</span></span>`;
}

/** @param {{room: Page.Room}} properties */
function Badge({ room }) {
  const [calls, news] = [callsOf(room), newsOf(room)];
  return (
    isUnread(room) &&
    html`<span class="badge" data-calls=${calls > 0} data-testid="badge">
    <span aria-hidden="true">${shortCount(calls || news)}</span>
    <span class="unseen">${calls > 0 && say("forYou", { count: calls })}${news > 0 && say("unread", { count: news })}</span>
  </span>`
  );
}

/** Menu entries of a room in the list. @param {Page.Chat} chat @param {Page.Room} room */
export function roomActions(chat, room) {
  const { roomId } = room;
  const starred = isStarred(room);
  /** @param {Page.Notifications} value */
  const level = (value) => ({
    label: say(/** @type {Parameters<typeof say>[0]} */ (`notify_${value}`)),
    testid: `notify-${value}`,
    checked: levelOf(room) === value,
    act: () => chat.prefer(roomId, { notifications: value }),
  });
  return [
    {
      icon: "star",
      label: starred ? say("unstar") : say("star"),
      testid: starred ? "unstar" : "star",
      act: () => chat.prefer(roomId, { starred: !starred }),
    },
    ...(isUnread(room)
      ? [{ icon: "check", label: say("markRead"), testid: "mark-read", act: () => chat.rooms.reading.readAll(room) }]
      : []),
    { icon: "hide", label: say("hide"), testid: "hide", act: () => chat.hide(room) },
    { heading: say("notifications"), testid: "notifications" },
    level("all"),
    level("mentions"),
    level("none"),
  ];
}
