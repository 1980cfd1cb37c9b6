import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { isTurned } from "../words/words.js";

const GAP_PX = 8;

/**
 * A modal dialog beside what it was opened from, within the window. The browser keeps the focus inside and brings it back;
 * Escape and a press elsewhere close it.
 *
 * @param {{label: string, picking: {opener: HTMLElement, anchor: DOMRect}, close: () => void, children: (close: () => void) => any}} props
 */
export function PickerPlace({ label, picking, close, children }) {
  const place = useRef(null);
  useLayoutEffect(() => {
    place.current.showModal();
    const { offsetWidth, offsetHeight, style } = place.current;
    const { left, right, top, bottom } = picking.anchor;
    const end = isTurned() ? left : right - offsetWidth;
    const above = top - offsetHeight - GAP_PX;
    style.left = `${Math.max(GAP_PX, Math.min(end, innerWidth - offsetWidth - GAP_PX))}px`;
    style.top = `${above > GAP_PX ? above : Math.max(GAP_PX, Math.min(bottom + GAP_PX, innerHeight - offsetHeight - GAP_PX))}px`;
  }, [picking]);
  // The browser brings the focus back at once, so what is done after this may move it on.
  const shut = () => place.current.close();
  return html`<dialog
    class="picker-place"
    aria-label=${label}
    ref=${place}
    onClose=${() => {
      returnFocus(picking.opener);
      close();
    }}
    onMouseDown=${(pressed) => pressed.target === place.current && shut()}
  >
    ${children(shut)}
  </dialog>`;
}

/** Tools of a message are only drawn while the focus is in it, so the browser cannot bring it back to one of them. */
function returnFocus(opener) {
  if (document.activeElement === null || document.activeElement === document.body) {
    opener.closest("article")?.focus();
    opener.focus();
  }
}
