import { html, useModels } from "./html.js";
import { say } from "../words/en/common.js";

/**
 * Offer of a new version of the page, which is loaded already. The page reloads only when the user wants it.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function VersionBar({ chat }) {
  useModels(chat.pageVersion);
  return (
    chat.pageVersion.offered &&
    html`<p class="version-bar" role="status" data-testid="new-version">
      <span>${say("newVersion")}</span>
      <button class="link" data-testid="reload" onClick=${() => chat.pageVersion.accept()}>${say("reload")}</button>
      <button class="link" data-testid="later" onClick=${() => chat.pageVersion.putOff()}>${say("later")}</button>
    </p>`
  );
}
