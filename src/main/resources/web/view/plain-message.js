import { html } from "./html.js";
import { say } from "../words/en/room.js";

/**
 * Message that could not be drawn: sender and text, as plain text.
 *
 * @param {{message: Page.Message}} properties
 */
export function PlainMessage({ message }) {
  const { id, seq, stamp, sender, text, deleted } = message;
  return html`<article class="message first" data-testid="message" data-key=${id} data-seq=${seq} data-stamp=${stamp} tabindex="-1">
    <div class="message-body">
      <header class="message-head"><strong class="sender"><bdi>${String(sender)}</bdi></strong></header>
      ${
        deleted
          ? html`<p class="gone">${say("deleted")}</p>`
          : html`<div class="text plain" dir="auto" data-testid="text">${String(text ?? "")}</div>`
      }
      <p class="hint">${say("plain")}</p>
    </div>
  </article>`;
}
