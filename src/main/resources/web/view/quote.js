import { html } from "./html.js";
import { Icon } from "./icons.js";

const SHOWN = 120;

/** The message that another one answers, in a line; opens the thread. */
export function Quote({ chat, room, message }) {
  const answered = chat.timelines.of(room.roomId).message(message.replyTo);
  const said = answered ? excerpt(answered) : "an earlier message";
  return html`<button
    class="quote"
    data-testid="quote"
    aria-label=${`Answers ${answered ? chat.people.name(answered.sender) : ""}: ${said}`}
    onClick=${() => chat.showThread(message)}
  >
    <${Icon} name="reply" />
    ${answered && html`<strong>${chat.people.name(answered.sender)}</strong>`}
    <span>${said}</span>
  </button>`;
}

/** The beginning of what a message says, in a line. */
export function excerpt({ text, deleted }) {
  return deleted ? "a deleted message" : (text ?? "").replace(/\s+/g, " ").slice(0, SHOWN);
}
