import { useEffect } from "preact/hooks";
import { Dialog } from "./dialog.js";
import { html, useModels } from "./html.js";
import { MessageCard } from "./message-card.js";

/** The messages that the user keeps, of all rooms, the one that was saved last first. */
export function SavedDialog({ chat, close }) {
  const { saved } = chat;
  useModels(saved, chat.people, chat.rooms);
  useEffect(() => void saved.load(), []);
  const { list, loaded, failed, next } = saved;
  return html`<${Dialog} title="Saved messages" testid="saved-dialog" close=${close}>
    ${failed && html`<p class="panel-note" role="status">Your saved messages could not be loaded. <button class="link" onClick=${() => saved.load()}>Try again</button></p>`}
    ${loaded && list.length === 0 && html`<p class="panel-note">You have saved nothing. Save a message from its menu to find it again; only you see your list.</p>`}
    <ul class="saved-list" data-list=".saved-list > li" data-testid="saved-list">
      ${list.map((message) => html`<li key=${message.stamp}>
        <${SavedCard} chat=${chat} message=${message} close=${close} />
      </li>`)}
    </ul>
    ${next !== undefined && html`<button class="secondary" data-testid="more-saved" onClick=${() => chat.attempt(() => saved.more())}>Older ones</button>`}
  <//>`;
}

function SavedCard({ chat, message, close }) {
  const known = chat.rooms.get(message.room);
  const where = known ? chat.rooms.title(known) : message.room;
  // The card leads to the message, and so out of the dialog.
  const leading = { people: chat.people, user: chat.user, jump: (...target) => (close(), chat.jump(...target)) };
  const shown = message.deleted ? { ...message, text: "This message was deleted." } : message;
  return html`<${MessageCard} chat=${leading} message=${shown} testid="saved-card" where=${where} />
    <button class="link unsave" data-testid="unsave" onClick=${() => chat.attempt(() => chat.saved.save(message.room, message, false))}>Remove</button>`;
}
