import { html, useModels } from "./html.js";
import { IconButton } from "./icons.js";

/** Notices that go away by themselves; screen readers say them. */
export function Toasts({ toasts }) {
  useModels(toasts);
  return html`<div class="toasts" role="status" data-testid="toasts">
    ${toasts.shown.map(
      ({ id, kind, text }) => html`<div key=${id} class="toast" data-kind=${kind}>
        <span>${text}</span>
        <${IconButton} icon="close" label="Dismiss" onClick=${() => toasts.dismiss(id)} />
      </div>`,
    )}
  </div>`;
}
