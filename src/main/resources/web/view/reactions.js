import { html } from "./html.js";
import { Icon } from "./icons.js";
import { reacted } from "../model/message-state.js";
import { mayPost } from "../model/rights.js";
import { say } from "../words/en/room.js";
import { counted, listed } from "../words/words.js";

/**
 * Reactions to a message, unacknowledged ones included.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, changes: Page.Request[]}} properties
 */
export function Reactions({ chat, room, message, changes }) {
  const shown = Object.entries(reacted(message, changes, /** @type {string} */ (chat.user)).reactions ?? {});
  if (shown.length === 0 || message.deleted) {
    return null;
  }
  return html`<div class="reactions" data-testid="reactions">
    ${shown.map(([emoji, { count, userIds }]) => {
      const own = userIds.includes(/** @type {string} */ (chat.user));
      const names = listed(userIds.map((user) => chat.people.name(user)));
      return html`<button
        key=${emoji}
        class="reaction"
        aria-pressed=${own}
        aria-label=${say("reacted", { emoji, count, names })}
        title=${names}
        disabled=${!mayPost(room)}
        data-testid="reaction"
        onClick=${() => chat.writing.react(room.roomId, message, emoji)}
      >
        <span>${emoji}</span><span class="count">${counted(count)}</span>
      </button>`;
    })}
    ${
      mayPost(room) &&
      html`<button class="reaction add" aria-label=${say("react")} title=${say("react")} onClick=${(/** @type {MouseEvent} */ pressed) => chat.pickReaction(message, pressed.currentTarget)}>
      <${Icon} name="smile" />
    </button>`
    }
  </div>`;
}
