import { useLayoutEffect, useRef } from "preact/hooks";
import { rememberFocus, useCover } from "./focus.js";
import { html } from "./html.js";
import { isTurned } from "../words/words.js";

const GAP_PX = 8;

/**
 * A modal dialog beside its opener, within the window. The browser keeps the focus inside and returns it; Escape, a
 * press elsewhere and Back close it.
 *
 * @param {{label: string, picking: {opener: HTMLElement, anchor: DOMRect}, close: () => void, children: (close: () => void) => Page.Children}} props
 */
export function PickerPlace({ label, picking, close, children }) {
  const place = useRef(/** @type {HTMLDialogElement} */ (/** @type {unknown} */ (null)));
  const giveBack = useRef(() => {});
  useLayoutEffect(() => {
    giveBack.current = rememberFocus(picking.opener);
    place.current.showModal();
    const { offsetWidth, offsetHeight, style } = place.current;
    const { left, right, top, bottom } = picking.anchor;
    const end = isTurned() ? left : right - offsetWidth;
    const above = top - offsetHeight - GAP_PX;
    style.left = `${Math.max(GAP_PX, Math.min(end, innerWidth - offsetWidth - GAP_PX))}px`;
    style.top = `${above > GAP_PX ? above : Math.max(GAP_PX, Math.min(bottom + GAP_PX, innerHeight - offsetHeight - GAP_PX))}px`;
  }, [picking]);
  // The browser returns the focus at once, so a later action may move it.
  const shut = () => place.current.close();
  useCover(true, shut);
  return html`<dialog
    class="picker-place"
    aria-label=${label}
    ref=${place}
    onClose=${() => {
      giveBack.current();
      close();
    }}
    onMouseDown=${(/** @type {MouseEvent} */ pressed) => pressed.target === place.current && shut()}
  >
    ${children(shut)}
  </dialog>`;
}
