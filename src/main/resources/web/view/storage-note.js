import { html } from "./html.js";
import { say } from "../words/en/shell.js";

/**
 * Says so when the browser keeps nothing, and what that means for what one writes.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function StorageNote({ chat }) {
  return (
    !chat.isKept &&
    html`<p data-testid="unkept"><strong>${say("unkept")}</strong>${" "}${say("unkeptWhy")}</p>`
  );
}
