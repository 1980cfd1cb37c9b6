import { FailedActions } from "./failed-actions.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { say } from "../words/en/room.js";

/** Keys of the words for each state of progress. */
const WORDS = /** @type {const} */ ({ waiting: "waiting", sending: "sending", edit: "saving", delete: "deleting" });

/**
 * Progress of an own message. The style sheet shows it after a second, because most messages are stored sooner.
 *
 * @param {{of: keyof WORDS}} props
 */
export function Progress({ of }) {
  return html`<span class="progress" title=${say(WORDS[of])} data-testid="progress"><${Icon} name="clock" /><span>${say(WORDS[of])}</span></span>`;
}

/**
 * Own message that was not sent, with its actions.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, inThread: boolean}} properties
 */
export function Failure({ chat, room, message, inThread }) {
  return html`<div class="mark" data-testid="mark">
    <span>${say("notSent", { reason: message.reason })}</span>
    <${FailedActions} chat=${chat} room=${room} message=${message} inThread=${inThread} />
  </div>`;
}
