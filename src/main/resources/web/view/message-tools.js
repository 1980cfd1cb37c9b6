import { html } from "./html.js";
import { Menu } from "./menu.js";
import { IconButton } from "./icons.js";
import { isInRoom } from "../model/history-page.js";
import { mayDelete, mayEdit, mayPost } from "../model/rights.js";
import { say } from "../words/en/tools.js";

export const QUICK = ["👍", "❤️"];

/** @param {"react" | "reply" | "replyInThread"} action @param {string} keys */
const withKey = (action, keys) => say("formatKeys", { label: say(action), keys });

/**
 * Tools of a message, shown while the pointer or the focus is in it.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, inThread: boolean}} properties
 */
export function MessageTools({ chat, room, message, inThread }) {
  const may = mayPost(room);
  return html`<div class="tools" role="toolbar" aria-label=${say("actions")} data-testid="tools">
    ${
      may &&
      html`${QUICK.map(
        (emoji) => html`<button
          key=${emoji}
          class="icon-button quick"
          tabindex="-1"
          aria-label=${say("reactWith", { emoji })}
          title=${say("reactWith", { emoji })}
          onClick=${() => chat.writing.react(room.roomId, message, emoji)}
        >
          ${emoji}
        </button>`,
      )}
      <${IconButton} icon="smile" label=${withKey("react", "+")} testid="react" tabindex="-1" onClick=${(/** @type {MouseEvent} */ pressed) => chat.pickReaction(message, pressed.currentTarget)} />
      ${
        !inThread &&
        html`<${IconButton} icon="reply" label=${withKey("reply", "R")} testid="reply" tabindex="-1" onClick=${() => chat.writing.reply(message)} />
      <${IconButton} icon="thread" label=${withKey("replyInThread", "T")} testid="reply-in-thread" tabindex="-1" onClick=${() => chat.showThread(message)} />`
      }`
    }
    <${Menu} label=${say("moreActions")} testid="more" tabindex="-1" items=${() => actionsOf(chat, room, message)} />
  </div>`;
}

/**
 * Actions on a message, besides reactions and replies.
 *
 * @returns {(Page.MenuItem & {act: () => unknown})[]}
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 * @param {Page.Message} message
 */
export function actionsOf(chat, room, message) {
  const { user } = chat;
  return [
    mayEdit(room, message, user) && { icon: "edit", label: say("edit"), testid: "edit", act: () => chat.writing.edit(message) },
    mayPost(room) && {
      icon: "pin",
      label: message.pinned ? say("unpin") : say("pin"),
      testid: "pin",
      act: () => chat.writing.pin(room.roomId, message),
    },
    message.options &&
      message.closedSeq === undefined &&
      mayDelete(room, message, user) && {
        icon: "lock",
        label: say("closePoll"),
        testid: "close-poll",
        act: () =>
          chat.ask({
            kind: "confirm",
            title: say("closeTitle"),
            text: say("closeText"),
            action: say("closePoll"),
            act: () => chat.writing.closePoll(room.roomId, message),
          }),
      },
    { icon: "thread", label: say("openThread"), testid: "open-thread", act: () => chat.showThread(message) },
    room.membership === "joined" &&
      isInRoom(message) && {
        icon: "unread",
        label: say("markUnread"),
        testid: "mark-unread",
        act: () => chat.markUnread(room.roomId, message),
      },
    room.membership === "joined" && {
      icon: "save",
      label: chat.saved.has(room.roomId, message) ? say("unsave") : say("saveMessage"),
      testid: "save",
      act: () => chat.save(room.roomId, message),
    },
    { icon: "copy", label: say("copyText"), testid: "copy-text", act: () => chat.clipboard.text(message) },
    { icon: "link", label: say("copyLink"), testid: "copy-link", act: () => chat.clipboard.link(room.roomId, message) },
    mayDelete(room, message, user) && {
      icon: "trash",
      label: say("delete"),
      testid: "delete",
      danger: true,
      act: () => chat.ask({ kind: "delete", room: room.roomId, message }),
    },
  ].filter((item) => item !== false && item !== undefined);
}
