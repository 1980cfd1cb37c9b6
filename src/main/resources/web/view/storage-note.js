import { html } from "./html.js";
import { say } from "../words/en/shell.js";

/**
 * Note that the browser stores nothing, and what that means for unsent messages.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function StorageNote({ chat }) {
  return !chat.isKept && html`<p data-testid="unkept"><strong>${say("unkept")}</strong>${" "}${say("unkeptWhy")}</p>`;
}
