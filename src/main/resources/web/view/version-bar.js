import { html, useModels } from "./html.js";

/** Offers the new version of the page, which is there already. Nothing is loaded again before somebody wants it. */
export function VersionBar({ chat }) {
  useModels(chat.pageVersion);
  return (
    chat.pageVersion.offered &&
    html`<p class="version-bar" role="status" data-testid="new-version">
      <span>A new version is there.</span>
      <button class="link" data-testid="reload" onClick=${() => chat.pageVersion.accept()}>Reload</button>
      <button class="link" data-testid="later" onClick=${() => chat.pageVersion.putOff()}>Later</button>
    </p>`
  );
}
