import { html, memo, useValue } from "./html.js";
import { Icon, IconButton } from "./icons.js";
import { RoomSign } from "./room-sign.js";
import { callsOf, isQuiet, isStarred, isUnread, levelOf, newsOf } from "../model/room-preferences.js";

/** A room of the list: its name, how much of it is unread, whether something is written in it, and its menu. */
export const RoomItem = memo(function RoomItem({ chat, room, tabindex, openMenu }) {
  const { roomId, peer } = room;
  const { drafts, people, presence, rooms } = chat;
  const [open, title, isWritten] = useValue(
    () => [roomId === chat.room, rooms.title(room), drafts.isIn(roomId), peer && presence.of(roomId, peer)], chat, drafts, people, presence);
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
      <span class="room-name">${title}</span>
      ${isQuiet(room) && html`<${Sign} icon="quiet" text=${levelOf(room) === "none" ? ", no notifications" : ", mentions only"} />`}
      ${!open && isWritten && html`<${Sign} icon="edit" text=", something is written and not sent" testid="draft-sign" />`}
      <${Badge} room=${room} />
    </button>
    <${IconButton}
      icon="menu"
      class="icon-button room-options"
      label=${`Options of ${title}`}
      testid="room-options"
      tabindex="-1"
      aria-haspopup="menu"
      onClick=${(click) => openMenu(room.roomId, click.currentTarget.getBoundingClientRect(), click.currentTarget)}
    />
  </div>`;
}, isSameItem);

/** The function that opens the menu is another one with each drawing of the list, and does the same. */
function isSameItem(before, now, name) {
  return before === now || name === "openMenu";
}

function Sign({ icon, text, testid }) {
  return html`<span class="item-sign" data-testid=${testid}><${Icon} name=${icon} /><span class="unseen">${text}</span></span>`;
}

function Badge({ room }) {
  const [calls, news] = [callsOf(room), newsOf(room)];
  return isUnread(room) && html`<span class="badge" data-calls=${calls > 0} data-testid="badge">
    <span aria-hidden="true">${shortCount(calls || news)}</span>
    <span class="unseen">${calls > 0 ? `, ${calls} for you` : ""}${news > 0 ? `, ${news} unread` : ""}</span>
  </span>`;
}

/** What can be done with a room in the list, as entries of a menu. */
export function roomActions(chat, room) {
  const { roomId } = room;
  const starred = isStarred(room);
  const level = (value, label) => ({
    label,
    testid: `notify-${value}`,
    checked: levelOf(room) === value,
    act: () => chat.prefer(roomId, { notifications: value }),
  });
  return [
    {
      icon: "star",
      label: starred ? "Remove the star" : "Star",
      testid: starred ? "unstar" : "star",
      act: () => chat.prefer(roomId, { starred: !starred }),
    },
    ...(isUnread(room) ? [{ icon: "check", label: "Mark as read", testid: "mark-read", act: () => chat.rooms.readAll(room) }] : []),
    { icon: "hide", label: "Hide until the next message", testid: "hide", act: () => chat.hide(room) },
    { heading: "Notifications", testid: "notifications" },
    level("all", "Every message"),
    level("mentions", "Mentions only"),
    level("none", "Nothing"),
  ];
}

const shortCount = (count) => (count > 99 ? "99+" : String(count));
