import { useLayoutEffect, useRef } from "preact/hooks";
import { useCover } from "./focus.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { isTurned } from "../words/words.js";

const MARGIN = 8;

/**
 * A menu beside what opened it, within the window (WAI-ARIA menu). It takes the focus, and gives it back.
 *
 * @param {{label: string, anchor: {left: number, right?: number, bottom: number, top: number}, opener: HTMLElement | null, close: () => void,
 *   items: {icon?: string, sign?: string, label?: string, heading?: string, testid: string, checked?: boolean, act?: () => void}[]}} props an item
 *   with `checked` is one of several of which one is chosen,
 *   those with a `sign` stand beside each other, with their label for screen readers
 */
export default function PopupMenu({ label, anchor, opener, close, items }) {
  const menu = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useLayoutEffect(() => {
    place(menu.current, anchor);
    menu.current.querySelector("button")?.focus();
    /** @param {Event} event */
    const outside = (event) => menu.current?.contains(/** @type {Node} */ (event.target)) || close();
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);
  const leave = () => {
    close();
    opener?.focus();
  };
  useCover(true, leave);
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const buttons = [...menu.current.querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    if (key.key in moves) {
      buttons.at(moves[key.key] % buttons.length)?.focus();
    } else if (key.key === "Escape" || key.key === "Tab") {
      leave();
    } else {
      return;
    }
    key.preventDefault();
    key.stopPropagation();
  };
  return html`<div class="menu popup" role="menu" aria-label=${label} ref=${menu} onKeyDown=${onKeyDown} onContextMenu=${(/** @type {MouseEvent} */ asked) => asked.preventDefault()} data-testid="popup-menu">
    ${items.map((item) => (item.heading ? html`<h3 key=${item.testid} role="presentation">${item.heading}</h3>` : html`<${Item} key=${item.testid} item=${item} leave=${leave} />`))}
  </div>`;
}

/** @param {{item: Page.MenuItem, leave: () => void}} properties */
function Item({ item, leave }) {
  const { icon, sign, label, testid, checked, danger, act } = item;
  return html`<button
    role=${checked === undefined ? "menuitem" : "menuitemradio"}
    aria-checked=${checked}
    aria-label=${sign === undefined ? undefined : label}
    class=${sign !== undefined ? "sign" : danger ? "danger" : ""}
    data-testid=${testid}
    onClick=${() => {
      leave();
      act?.();
    }}
  >
    ${sign ?? html`${checked === false ? html`<span class="icon"></span>` : html`<${Icon} name=${icon ?? "check"} />`}${label}`}
  </button>`;
}

/** Below the anchor if there is room, else above it. @param {HTMLElement} element @param {Page.Anchor} other */
function place(element, { left, right = left, top, bottom }) {
  const { offsetWidth, offsetHeight, style } = element;
  const begin = isTurned() ? right - offsetWidth : left;
  const below = bottom + 4;
  const fits = below + offsetHeight <= innerHeight - MARGIN;
  style.left = `${Math.max(MARGIN, Math.min(begin, innerWidth - offsetWidth - MARGIN))}px`;
  style.top = `${fits ? below : Math.max(MARGIN, Math.min(top - offsetHeight - 4, innerHeight - offsetHeight - MARGIN))}px`;
}
