import { Avatar } from "./avatar.js";
import { html } from "./html.js";
import { exactTime, timeOfLast } from "./time.js";
import { say } from "../words/en/room.js";

/** Number of avatars beside the count; the server names more people. */
const FACES = 3;

/**
 * Link to a thread: avatars, number of replies, time of the last one.
 *
 * @param {{chat: Page.Chat, message: Page.Message}} properties
 */
export function ThreadLink({ chat, message }) {
  const { replyCount, repliers = [], lastReply } = message;
  return html`<button class="thread-link" data-testid="thread-link" onClick=${() => chat.showThread(message)}>
    <span class="faces">${repliers.slice(0, FACES).map((user) => html`<${Avatar} key=${user} small user=${user} name=${chat.people.name(user)} />`)}</span>
    <span class="unseen">${say("threadWith")}</span><span>${say("replies", { count: replyCount })}</span>
    ${lastReply && html`<time class="hint" datetime=${lastReply.at} title=${exactTime(lastReply.at)}>${timeOfLast(lastReply.at)}</time>`}
  </button>`;
}
