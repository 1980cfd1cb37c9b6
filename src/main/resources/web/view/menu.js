import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useCover } from "./focus.js";
import { html } from "./html.js";
import { Icon, IconButton } from "./icons.js";

/**
 * A button that opens a menu, by pointer or keyboard (WAI-ARIA menu button).
 *
 * @param {{icon?: string, label: string, testid?: string, tabindex?: string, items: () => {icon: string, label: string, testid: string,
 *   danger?: boolean, act: () => void}[]}} props
 */
export function Menu({ icon = "menu", label, testid, tabindex, items }) {
  const [open, setOpen] = useState(false);
  const menu = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const root = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useLayoutEffect(() => {
    if (open) {
      place(menu.current, root.current);
      menu.current.querySelector("button")?.focus();
      /** @param {Event} event */
      const outside = (event) => root.current?.contains(/** @type {Node} */ (event.target)) || setOpen(false);
      document.addEventListener("pointerdown", outside);
      return () => document.removeEventListener("pointerdown", outside);
    }
    return undefined;
  }, [open]);

  const close = () => {
    setOpen(false);
    root.current.querySelector("button")?.focus();
  };
  useCover(open, close);
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const buttons = [...menu.current.querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    if (key.key in moves) {
      buttons.at(moves[key.key] % buttons.length)?.focus();
    } else if (key.key === "Escape" || key.key === "Tab") {
      close();
    } else {
      return;
    }
    key.preventDefault();
    key.stopPropagation();
  };

  return html`<span class="menu-root" ref=${root} data-open=${open ? "true" : undefined}>
    <${IconButton} icon=${icon} label=${label} testid=${testid} tabindex=${tabindex} aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)} />
    ${
      open &&
      html`<div class="menu" role="menu" aria-label=${label} ref=${menu} onKeyDown=${onKeyDown}>
      ${items().map(
        (item) => html`<button
          key=${item.testid}
          role="menuitem"
          class=${item.danger ? "danger" : ""}
          data-testid=${item.testid}
          onClick=${() => {
            close();
            item.act();
          }}
        >
          <${Icon} name=${item.icon} />${item.label}
        </button>`,
      )}
    </div>`
    }
  </span>`;
}

/**
 * Places a menu above its button when there is no room below, and enough above.
 *
 * @param {HTMLElement} menu
 * @param {HTMLElement} root
 */
function place(menu, root) {
  const { height, bottom } = menu.getBoundingClientRect();
  const frame = (root.closest(".messages") ?? document.body).getBoundingClientRect();
  menu.dataset.over = String(bottom > frame.bottom && root.getBoundingClientRect().top - height > frame.top);
}
