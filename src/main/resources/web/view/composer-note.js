import { html } from "./html.js";
import { IconButton } from "./icons.js";
import { say } from "../words/en/shell.js";

/**
 * Note of the composer. It lies over the list, so that nothing moves.
 *
 * @typedef {{kind: "error" | "answer" | "usage", text: string, rows?: {label: string, detail: string, act?: () => void}[]}} Note an
 *   error, the answer to a command, or how the command is typed that is in the field
 *
 * @param {{note: Note, close: () => void}} props
 */
export function ComposerNote({ note, close }) {
  const { kind, text, rows = [] } = note;
  return html`<div class="composer-note" data-kind=${kind} role=${kind === "error" ? "alert" : "status"} data-testid="composer-note">
    <div class="composer-note-text">
      <p>${kind === "usage" ? html`<code dir="ltr">${text}</code>` : text}</p>
      ${
        rows.length > 0 &&
        html`<ul>
        ${rows.map(
          ({ label, detail, act }) => html`<li key=${`${label} ${detail}`}>
            ${act ? html`<button type="button" class="link" onClick=${act}>${label}</button>` : html`<span>${label}</span>`}
            <span class="hint">${detail}</span>
          </li>`,
        )}
      </ul>`
      }
    </div>
    ${kind !== "usage" && html`<${IconButton} icon="close" label=${say("dismiss")} testid="note-close" onClick=${close} />`}
  </div>`;
}
