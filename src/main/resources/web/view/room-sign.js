import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";

/** Sign of a room's kind: a person, a lock or a hash. @param {{chat: Page.Chat, room: Page.Room}} properties */
export function RoomSign({ chat, room }) {
  if (room.visibility === "direct") {
    return html`<${Avatar} small user=${room.peer} name=${chat.people.name(room.peer)} presence=${chat.presence.of(room.roomId, room.peer)} />`;
  }
  return html`<span class="room-sign"><${Icon} name=${room.archived ? "archive" : room.visibility === "private" ? "lock" : "hash"} /></span>`;
}
