import { FailedActions } from "./failed-actions.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";

const WORDS = { waiting: "Waiting to be sent …", sending: "Sending …", edit: "Saving …", delete: "Deleting …" };

/**
 * What an own message is waiting for. The style sheet shows it after a second: most are there sooner.
 *
 * @param {{of: keyof WORDS}} props
 */
export function Progress({ of }) {
  return html`<span class="progress" title=${WORDS[of]} data-testid="progress"><${Icon} name="clock" /><span>${WORDS[of]}</span></span>`;
}

/** An own message that was not sent, and what can be done about it. */
export function Failure({ chat, room, message, inThread }) {
  return html`<div class="mark" data-testid="mark">
    <span>Not sent. ${message.reason}</span>
    <${FailedActions} chat=${chat} room=${room} message=${message} inThread=${inThread} />
  </div>`;
}
