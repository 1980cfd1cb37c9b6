import { useRef } from "preact/hooks";
import { useCover, useFocusReturn } from "./focus.js";
import { html } from "./html.js";
import { IconButton } from "./icons.js";
import { say } from "../words/en/common.js";

/**
 * A modal dialog. The browser keeps the focus inside; it returns to where it was. Escape, the backdrop and Back close
 * it.
 *
 * @param {{title: string, testid: string, close: () => void, wide?: boolean, children: Page.Children}} properties
 */
export function Dialog({ title, testid, close, wide = false, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement} */ (/** @type {unknown} */ (null)));
  useCover(true, close);
  useFocusReturn(dialog, {
    // As it is drawn, so that no key goes elsewhere.
    enter: () => {
      dialog.current.showModal();
      dialog.current.querySelector("[autofocus]")?.focus();
    },
  });
  // The event comes late: of a dialog that is taken away it may come when another one is there.
  const closed = () => dialog.current !== null && close();
  return html`<dialog
    ref=${dialog}
    class=${wide ? "dialog wide" : "dialog"}
    aria-labelledby="dialog-title"
    data-testid=${testid}
    onClose=${closed}
    onCancel=${close}
    onMouseDown=${(/** @type {MouseEvent} */ pressed) => pressed.target === dialog.current && close()}
  >
    <div class="dialog-card">
      <header class="dialog-head">
        <h2 id="dialog-title">${title}</h2>
        <${IconButton} icon="close" label=${say("close")} testid="dialog-close" onClick=${close} />
      </header>
      ${children}
    </div>
  </dialog>`;
}
