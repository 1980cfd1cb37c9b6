import { html, useModels } from "./html.js";
import { say } from "../words/en/common.js";

/** Note that the session will not survive a reload. @param {{storage: Page.Storage}} properties */
export function SessionNote({ storage }) {
  useModels(storage);
  const { trouble } = storage;
  return (
    trouble &&
    html`<p class="session-note" role="status" data-testid="session-note">${trouble === "blocked" ? say("blocked") : say("full")}</p>`
  );
}
