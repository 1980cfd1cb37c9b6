import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { MessageText } from "./message-text.js";
import { exactTime, dayName, timeOfDay } from "./time.js";
import { say } from "../words/en/room.js";

/**
 * A message outside of its conversation, with a link to its place.
 *
 * @param {{chat: Page.Chat, message: Page.Message, testid: string, where?: string, children?: Page.Children}} props `where` is the name of its room, `children`
 *   are shown instead of its text
 */
export function MessageCard({ chat, message, testid, where, children }) {
  const name = chat.people.name(message.sender);
  const { text = "" } = message;
  return html`<article class="card" data-testid=${testid}>
    <header class="message-head">
      <${Avatar} small user=${message.sender} name=${name} />
      <strong class="sender"><bdi>${name}</bdi></strong>
      <button class="card-link" data-testid="jump" aria-label=${say("showWhere", { name })} title=${exactTime(message.at)} onClick=${() => chat.jump(/** @type {string} */ (message.roomId), message)}>
        <time datetime=${message.at}>${say("dayAndTime", { day: dayName(message.at), time: timeOfDay(message.at) })}</time>
      </button>
    </header>
    ${children ?? html`<${MessageText} key=${text} text=${text} mentions=${message.mentions} user=${chat.user} />`}
    ${where && html`<span class="hint"><bdi>${where}</bdi></span>`}
  </article>`;
}
