import { useLayoutEffect, useRef } from "preact/hooks";
import { rememberFocus } from "./focus.js";
import { html } from "./html.js";
import { say as common } from "../words/en/common.js";

/**
 * Question before an act, within a dialog: a second dialog would close the first. It takes the focus, and gives it back.
 *
 * @param {{title: string, text: string, action: string, act: () => unknown, close: () => void}} properties
 */
export function Confirmation({ title, text, action, act, close }) {
  const cancel = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const giveBack = useRef(/** @type {(() => void) | null} */ (null));
  giveBack.current ??= rememberFocus();
  useLayoutEffect(() => {
    cancel.current.focus();
    // The opener is hidden until the next drawing.
    return () => void requestAnimationFrame(() => giveBack.current?.());
  }, []);
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    if (key.key === "Escape") {
      key.preventDefault();
      key.stopPropagation();
      close();
    }
  };
  return html`<div class="confirmation" role="alertdialog" aria-labelledby="confirmation-title" aria-describedby="confirmation-text" data-testid="confirmation" onKeyDown=${onKeyDown}>
    <h3 id="confirmation-title">${title}</h3>
    <p id="confirmation-text">${text}</p>
    <div class="row">
      <button class="secondary" ref=${cancel} data-testid="confirmation-cancel" onClick=${close}>${common("cancel")}</button>
      <button
        class="primary danger"
        data-testid="confirm"
        onClick=${() => {
          close();
          act();
        }}
      >
        ${action}
      </button>
    </div>
  </div>`;
}
