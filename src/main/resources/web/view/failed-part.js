import { html } from "./html.js";
import { say } from "../words/en/common.js";

/**
 * Note in the place of a part of the page that could not be loaded or drawn.
 *
 * @param {{text: string, again: () => void}} props
 */
export function FailedPart({ text, again }) {
  return html`<div class="failed-part" role="alert" data-testid="failed-part">
    <p>${text}</p>
    <p class="row center">
      <button class="primary" data-testid="try-again" onClick=${again}>${say("again")}</button>
      <button class="secondary" data-testid="reload" onClick=${() => location.reload()}>${say("reloadPage")}</button>
    </p>
  </div>`;
}

/** Note of a {@link Boundary} for a part that could not be drawn. @param {() => void} again */
export const instead = (again) => html`<${FailedPart} text=${say("partNotShown")} again=${again} />`;
