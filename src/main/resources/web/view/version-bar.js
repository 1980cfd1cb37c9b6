import { html, useModels } from "./html.js";
import { say } from "../words/en/common.js";

/**
 * Offers the new version of the page, which is there already. Nothing is loaded again before somebody wants it.
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
