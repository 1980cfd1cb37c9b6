import { html } from "./html.js";

/** As tall as messages are, so that nothing jumps when they come. */
export function Skeleton() {
  return html`<div class="skeleton" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map((row) => html`<div key=${row}><i></i><b></b></div>`)}</div>`;
}
