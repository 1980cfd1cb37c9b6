import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { FoundText } from "./found-text.js";
import { MessageText } from "./message-text.js";
import { exactTime, dayName, timeOfDay } from "./time.js";
import { say } from "../words/en/room.js";

/**
 * A message out of its place, which leads to where it was said. One with `ranges` is a hit, and is marked there.
 *
 * @param {{chat: any, message: any, testid: string, where?: string}} props `where` is the name of its room
 */
export function MessageCard({ chat, message, testid, where }) {
  const name = chat.people.name(message.sender);
  const { text = "", ranges } = message;
  return html`<article class="card" data-testid=${testid}>
    <header class="message-head">
      <${Avatar} small user=${message.sender} name=${name} />
      <strong class="sender"><bdi>${name}</bdi></strong>
      <button class="card-link" data-testid="jump" aria-label=${say("showWhere", { name })} title=${exactTime(message.at)} onClick=${() => chat.jump(message.room, message)}>
        <time datetime=${message.at}>${say("dayAndTime", { day: dayName(message.at), time: timeOfDay(message.at) })}</time>
      </button>
    </header>
    ${ranges === undefined
      ? html`<${MessageText} key=${text} text=${text} mentions=${message.mentions} user=${chat.user} />`
      : html`<${FoundText} key=${`${text}\n${ranges}`} chat=${chat} hit=${message} />`}
    ${where && html`<span class="hint"><bdi>${where}</bdi></span>`}
  </article>`;
}
