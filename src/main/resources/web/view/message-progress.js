import { FailedActions } from "./failed-actions.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { say } from "../words/en/room.js";

/** Keys of the words for what a message waits for. */
const WORDS = /** @type {const} */ ({ waiting: "waiting", sending: "sending", edit: "saving", delete: "deleting" });

/**
 * What an own message is waiting for. The style sheet shows it after a second: most are there sooner.
 *
 * @param {{of: keyof WORDS}} props
 */
export function Progress({ of }) {
  return html`<span class="progress" title=${say(WORDS[of])} data-testid="progress"><${Icon} name="clock" /><span>${say(WORDS[of])}</span></span>`;
}

/**
 * An own message that was not sent, and what can be done about it.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, inThread: boolean}} properties
 */
export function Failure({ chat, room, message, inThread }) {
  return html`<div class="mark" data-testid="mark">
    <span>${say("notSent", { reason: message.reason })}</span>
    <${FailedActions} chat=${chat} room=${room} message=${message} inThread=${inThread} />
  </div>`;
}
