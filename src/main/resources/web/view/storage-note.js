import { html } from "./html.js";

/** Says so when the browser keeps nothing, and what that means for what one writes. */
export function StorageNote({ chat }) {
  return (
    !chat.isKept &&
    html`<p data-testid="unkept"><strong>This browser cannot keep what you write.</strong>${" "}Its storage is blocked, full or broken. What is not sent is lost when you close this page.</p>`
  );
}
