import { useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { FORMATS } from "./formats.js";
import { say } from "../words/en/room.js";
import { isTurned } from "../words/words.js";

/** Keys of a format, and the condition for them. @param {import("./formats.js").Format} format */
export const keysOf = ({ name, keys }) => (name === "link" ? say("withSelection", { keys }) : keys);

/**
 * Format buttons: one tab stop, with arrow keys inside (WAI-ARIA toolbar).
 *
 * @param {{id: string, format: (format: import("./formats.js").Format) => void}} props
 */
export function FormatBar({ id, format }) {
  const [at, setAt] = useState(0);
  const bar = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const step = isTurned() ? -1 : 1;
    const next = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: FORMATS.length - 1 }[key.key];
    if (next !== undefined) {
      key.preventDefault();
      const index = (next + FORMATS.length) % FORMATS.length;
      setAt(index);
      /** @type {HTMLElement} */ (bar.current.children[index]).focus();
    }
  };
  return html`<div class="format-bar" id=${id} role="toolbar" aria-label=${say("formatting")} ref=${bar} onKeyDown=${onKeyDown} data-testid="format-bar">
    ${FORMATS.map(
      (each, index) => html`<button
        key=${each.name}
        type="button"
        class="icon-button"
        tabindex=${index === at ? 0 : -1}
        aria-label=${say(/** @type {Parameters<typeof say>[0]} */ (`format_${each.name}`))}
        title=${say("formatKeys", { label: say(/** @type {Parameters<typeof say>[0]} */ (`format_${each.name}`)), keys: keysOf(each) })}
        data-testid=${`format-${each.name}`}
        onMouseDown=${(/** @type {MouseEvent} */ pressed) => pressed.preventDefault()}
        onFocus=${() => setAt(index)}
        onClick=${() => format(each)}
      >
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-turns=${each.turns}><path d=${each.icon} /></svg>
      </button>`,
    )}
  </div>`;
}
