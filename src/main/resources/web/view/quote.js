import { html, useModels } from "./html.js";
import { Icon } from "./icons.js";
import { say as chatSay } from "../words/en/chat.js";
import { say } from "../words/en/room.js";
import { say as shellSay } from "../words/en/shell.js";

const SHOWN = 120;

/**
 * Quote of the answered message, in one line, with a link to it.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message}} properties
 */
export function Quote({ chat, room, message }) {
  const answered = chat.quotes.of(room.roomId, /** @type {number} */ (message.replyTo));
  const text = answered ? excerpt(answered) : chatSay("earlier");
  return html`<button
    class="quote"
    data-testid="quote"
    aria-label=${answered ? say("answers", { name: chat.people.name(answered.sender), text }) : say("answersEarlier")}
    onClick=${() => chat.jumps.toQuoted(room.roomId, message)}
  >
    <${Icon} name="reply" />
    ${answered && html`<strong><bdi>${chat.people.name(answered.sender)}</bdi></strong>`}
    <span><bdi>${text}</bdi></span>
  </button>`;
}

/**
 * Button that returns from a quoted message to its reply.
 *
 * @param {{chat: Page.Chat, room: Page.Room}} properties
 */
export function WayBack({ chat, room }) {
  useModels(chat.jumps);
  return chat.jumps.cameFrom?.room === room.roomId
    ? html`<button class="way-back" data-testid="way-back" onClick=${() => chat.jumps.back()}><${Icon} name="back" />${say("backToReply")}</button>`
    : null;
}

/** Beginning of a message's text, in one line. @param {{text?: string, deleted?: boolean}} given */
export function excerpt({ text, deleted }) {
  return deleted ? shellSay("deletedMessage") : (text ?? "").replace(/\s+/g, " ").slice(0, SHOWN);
}
