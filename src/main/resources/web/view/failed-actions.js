import { html } from "./html.js";

/** What can be done with an own message that was not sent. Its text is kept until one of the last two, or Edit, is chosen. */
export function FailedActions({ chat, message, inThread }) {
  const edit = () => {
    chat.writing.takeBack(chat.room, message.id, inThread);
    // The field has the text once it is drawn.
    requestAnimationFrame(() => document.querySelector(inThread ? "[data-testid=thread-draft]" : "[data-testid=draft]")?.focus());
  };
  return html`
    <button class="link" data-testid="retry" onClick=${() => chat.client.retry(message.id)}>Try again</button>
    <button class="link" data-testid="edit-failed" onClick=${edit}>Edit</button>
    <button class="link" data-testid="copy-failed" onClick=${() => chat.copy(message.text, "The text is copied.")}>Copy</button>
    <button class="link" data-testid="discard" onClick=${() => chat.writing.discard(chat.room, message.id)}>Discard</button>
  `;
}
