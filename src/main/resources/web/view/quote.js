import { html, useModels } from "./html.js";
import { Icon } from "./icons.js";

const SHOWN = 120;

/** The message that another one answers, in a line; leads there. */
export function Quote({ chat, room, message }) {
  const answered = chat.quotes.of(room.roomId, message.replyTo);
  const said = answered ? excerpt(answered) : "an earlier message";
  return html`<button
    class="quote"
    data-testid="quote"
    aria-label=${`Answers ${answered ? chat.people.name(answered.sender) : ""}: ${said}. Go there`}
    onClick=${() => chat.jumps.toQuoted(room.roomId, message)}
  >
    <${Icon} name="reply" />
    ${answered && html`<strong>${chat.people.name(answered.sender)}</strong>`}
    <span>${said}</span>
  </button>`;
}

/** Leads back from a quoted message to the one that quotes it. */
export function WayBack({ chat, room }) {
  useModels(chat.jumps);
  return chat.jumps.cameFrom?.room === room.roomId
    ? html`<button class="way-back" data-testid="way-back" onClick=${() => chat.jumps.back()}><${Icon} name="back" />Back to the reply</button>`
    : null;
}

/** The beginning of what a message says, in a line. */
export function excerpt({ text, deleted }) {
  return deleted ? "a deleted message" : (text ?? "").replace(/\s+/g, " ").slice(0, SHOWN);
}
