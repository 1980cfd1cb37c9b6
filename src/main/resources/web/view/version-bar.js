import { html, useModels } from "./html.js";

/** Offers the new version of the page, which is there already. Nothing is loaded again before somebody wants it. */
export function VersionBar({ chat }) {
  useModels(chat.worker);
  return (
    chat.worker.offered &&
    html`<p class="version-bar" role="status" data-testid="new-version">
      <span>A new version is there.</span>
      <button class="link" data-testid="reload" onClick=${() => chat.worker.accept()}>Reload</button>
      <button class="link" data-testid="later" onClick=${() => chat.worker.putOff()}>Later</button>
    </p>`
  );
}
