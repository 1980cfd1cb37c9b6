import { html, useModels } from "./html.js";
import { Icon } from "./icons.js";
import { say } from "../words/en/shell.js";
import { counted } from "../words/words.js";

/**
 * Buttons of the user's own lists: followed threads, saved messages.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function OwnLists({ chat }) {
  const { threads } = chat;
  useModels(threads);
  const { unreadThreadCount: unread, mentionCount: mentions } = threads;
  return html`<ul class="own-lists" data-list=".room-item">
    <li>
      <button class="room-item" data-testid="threads" data-unread=${unread > 0} onClick=${() => chat.ask({ kind: "threads" })}>
        <span class="room-sign"><${Icon} name="thread" /></span><span class="room-name">${say("threads")}</span>
        ${
          unread > 0 &&
          html`<span class="badge" data-calls=${mentions > 0} data-testid="threads-badge">
          <span aria-hidden="true">${shortCount(mentions || unread)}</span>
          <span class="unseen">${mentions > 0 && say("forYou", { count: mentions })}${say("unread", { count: unread })}</span>
        </span>`
        }
      </button>
    </li>
    <li>
      <button class="room-item" data-testid="saved" onClick=${() => chat.ask({ kind: "saved" })}>
        <span class="room-sign"><${Icon} name="save" /></span><span class="room-name">${say("saved")}</span>
      </button>
    </li>
  </ul>`;
}

/** Largest number that is shown. */
const MOST_SHOWN = 99;

/** @param {number} count */
export const shortCount = (count) => (count > MOST_SHOWN ? `${counted(MOST_SHOWN)}+` : counted(count));
