import { html } from "./html.js";
import { Skeleton } from "./skeleton.js";

/** Frame of a conversation whose room is loading, as after a reload. */
export function Opening() {
  return html`<main class="talk" aria-busy="true">
    <div class="talk-head"></div>
    <div class="connection"></div>
    <div class="list-frame"><${Skeleton} /></div>
  </main>`;
}
