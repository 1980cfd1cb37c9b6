import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { markdown } from "./markdown.js";
import { exactTime, dayName, timeOfDay } from "./time.js";

/** A message out of its place, as a link to where it was said. */
export function MessageCard({ chat, room, message, where }) {
  const name = chat.people.name(message.sender);
  return html`<article class="card" data-testid="card">
    <header class="message-head">
      <${Avatar} small user=${message.sender} name=${name} />
      <strong class="sender">${name}</strong>
      <time datetime=${message.at} title=${exactTime(message.at)}>${dayName(message.at)}, ${timeOfDay(message.at)}</time>
      ${where && html`<span class="hint">${where}</span>`}
    </header>
    <div class="text" dangerouslySetInnerHTML=${{ __html: markdown(message.text ?? "", message.mentions, chat.user) }}></div>
    <button class="link" data-testid="jump" onClick=${() => chat.jump(room.roomId, message.seq)}>Show where it was said</button>
  </article>`;
}
