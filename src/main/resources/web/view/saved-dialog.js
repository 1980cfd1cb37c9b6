import { useEffect } from "preact/hooks";
import { Dialog } from "./dialog.js";
import { html, useModels } from "./html.js";
import { MessageCard } from "./message-card.js";
import { say as common } from "../words/en/common.js";
import { say as room } from "../words/en/room.js";
import { say } from "../words/en/saved.js";

/**
 * Saved messages of the user, of all rooms, the last saved first.
 *
 * @param {{chat: Page.Chat, close: () => void}} properties
 */
export default function SavedDialog({ chat, close }) {
  const { saved } = chat;
  useModels(saved, chat.people, chat.rooms);
  useEffect(() => void saved.load(), []);
  const { list, loaded, failed, nextPage } = saved;
  return html`<${Dialog} title=${say("title")} testid="saved-dialog" close=${close}>
    ${failed && html`<p class="panel-note" role="status">${say("failed")} <button class="link" onClick=${() => saved.load()}>${common("again")}</button></p>`}
    ${loaded && list.length === 0 && html`<p class="panel-note">${say("none")}</p>`}
    <ul class="saved-list" data-list=".saved-list > li" data-testid="saved-list">
      ${list.map(
        (message) => html`<li key=${message.stamp}>
        <${SavedCard} chat=${chat} message=${message} close=${close} />
      </li>`,
      )}
    </ul>
    ${nextPage !== undefined && html`<button class="secondary" data-testid="more-saved" onClick=${() => chat.attempt(() => saved.more())}>${say("older")}</button>`}
  <//>`;
}

/** @param {{chat: Page.Chat, message: Page.SavedMessage, close: () => void}} properties */
function SavedCard({ chat, message, close }) {
  const known = chat.rooms.get(message.roomId);
  const where = known ? chat.rooms.title(known) : message.roomId;
  // The card's link leads to the message, and closes the dialog.
  const leading = {
    people: chat.people,
    user: chat.user,
    jump: (/** @type {Parameters<Page.Chat["jump"]>} */ ...target) => (close(), chat.jump(...target)),
  };
  const shown = message.deleted ? { ...message, text: room("deleted") } : message;
  return html`<${MessageCard} chat=${leading} message=${shown} testid="saved-card" where=${where} />
    <button class="link unsave" data-testid="unsave" onClick=${() => chat.attempt(() => chat.saved.save(message.roomId, message, false))}>${say("remove")}</button>`;
}
