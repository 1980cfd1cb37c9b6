import { html } from "./html.js";
import { Menu } from "./menu.js";
import { IconButton } from "./icons.js";
import { isInRoom } from "../model/history-page.js";
import { mayDelete, mayEdit, mayPost } from "../model/rights.js";

export const QUICK = ["👍", "❤️"];

/** What can be done with a message, where the pointer or the focus is. */
export function MessageTools({ chat, room, message, inThread }) {
  const may = mayPost(room);
  return html`<div class="tools" role="toolbar" aria-label="Message actions" data-testid="tools">
    ${may &&
    html`${QUICK.map(
        (emoji) => html`<button
          key=${emoji}
          class="icon-button quick"
          tabindex="-1"
          aria-label=${`React with ${emoji}`}
          title=${`React with ${emoji}`}
          onClick=${() => chat.writing.react(room.roomId, message, emoji)}
        >
          ${emoji}
        </button>`,
      )}
      <${IconButton} icon="smile" label="Add a reaction (+)" testid="react" tabindex="-1" onClick=${(pressed) => chat.pickReaction(message, pressed.currentTarget)} />
      ${!inThread && html`<${IconButton} icon="reply" label="Reply (R)" testid="reply" tabindex="-1" onClick=${() => chat.writing.reply(message)} />
      <${IconButton} icon="thread" label="Reply in a thread (T)" testid="reply-in-thread" tabindex="-1" onClick=${() => chat.showThread(message)} />`}`}
    <${Menu} label="More actions" testid="more" tabindex="-1" items=${() => actionsOf(chat, room, message)} />
  </div>`;
}

/** What can be done with a message beside reacting and replying. */
export function actionsOf(chat, room, message) {
  const { user } = chat;
  return [
    mayEdit(room, message, user) && { icon: "edit", label: "Edit", testid: "edit", act: () => chat.writing.edit(message) },
    mayPost(room) && {
      icon: "pin",
      label: message.pinned ? "Unpin" : "Pin",
      testid: "pin",
      act: () => chat.writing.pin(room.roomId, message),
    },
    { icon: "thread", label: "Open the thread", testid: "open-thread", act: () => chat.showThread(message) },
    room.member && isInRoom(message) && { icon: "unread", label: "Mark unread from here", testid: "mark-unread", act: () => chat.markUnread(room.roomId, message) },
    room.member && {
      icon: "save",
      label: chat.saved.has(room.roomId, message) ? "Remove from saved" : "Save",
      testid: "save",
      act: () => chat.save(room.roomId, message),
    },
    { icon: "copy", label: "Copy the text", testid: "copy-text", act: () => chat.copy(message.text, "The text is copied.") },
    { icon: "link", label: "Copy a link", testid: "copy-link", act: () => chat.copyLink(room.roomId, message) },
    mayDelete(room, message, user) && {
      icon: "trash",
      label: "Delete",
      testid: "delete",
      danger: true,
      act: () => chat.ask({ kind: "delete", room: room.roomId, message }),
    },
  ].filter(Boolean);
}
