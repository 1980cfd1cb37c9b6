import { html } from "./html.js";
import { mayPost } from "../model/rights.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/room.js";

/**
 * Actions on an own message that was not sent. Without a composer its text cannot be edited.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, inThread: boolean}} properties
 */
export function FailedActions({ chat, room, message, inThread }) {
  const edit = () => {
    chat.writing.takeBack(room.roomId, /** @type {string} */ (message.id), inThread);
    // The field has the text once it is drawn.
    requestAnimationFrame(() => document.querySelector(inThread ? "[data-testid=thread-draft]" : "[data-testid=draft]")?.focus());
  };
  return html`
    <button class="link" data-testid="retry" onClick=${() => chat.client.retry(/** @type {string} */ (message.id))}>${common("again")}</button>
    ${mayPost(room) && html`<button class="link" data-testid="edit-failed" onClick=${edit}>${say("edit")}</button>`}
    <button class="link" data-testid="copy-failed" onClick=${() => chat.clipboard.text(message)}>${say("copy")}</button>
    <button class="link" data-testid="discard" onClick=${() => chat.writing.discard(room.roomId, /** @type {string} */ (message.id))}>${say("discard")}</button>
  `;
}
