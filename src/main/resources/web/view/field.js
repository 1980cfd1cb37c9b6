import { html } from "./html.js";

/**
 * A form field with its label and hint.
 *
 * @param {{label: string, hint: string, children: Page.Children}} properties
 */
export function Field({ label, hint, children }) {
  return html`<label class="field"><span class="field-label">${label}</span>${children}${hint && html`<span class="hint">${hint}</span>`}</label>`;
}
