import { html } from "./html.js";

/** Placeholders as tall as messages, so that nothing moves when the messages arrive. */
export function Skeleton() {
  return html`<div class="skeleton" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map((row) => html`<div key=${row}><i></i><b></b></div>`)}</div>`;
}
