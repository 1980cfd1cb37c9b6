import { useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { FORMATS } from "./formats.js";

/**
 * Buttons that format what is written: one stop of the tab key, with the arrows within (WAI-ARIA toolbar).
 *
 * @param {{id: string, format: (format: import("./formats.js").Format) => void}} props
 */
export function FormatBar({ id, format }) {
  const [at, setAt] = useState(0);
  const bar = useRef(null);
  const onKeyDown = (key) => {
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: FORMATS.length - 1 }[key.key];
    if (next !== undefined) {
      key.preventDefault();
      const index = (next + FORMATS.length) % FORMATS.length;
      setAt(index);
      bar.current.children[index].focus();
    }
  };
  return html`<div class="format-bar" id=${id} role="toolbar" aria-label="Formatting" ref=${bar} onKeyDown=${onKeyDown} data-testid="format-bar">
    ${FORMATS.map(
      (each, index) => html`<button
        key=${each.name}
        type="button"
        class="icon-button"
        tabindex=${index === at ? 0 : -1}
        aria-label=${each.label}
        title=${`${each.label} (${each.keys})`}
        data-testid=${`format-${each.name}`}
        onMouseDown=${(pressed) => pressed.preventDefault()}
        onFocus=${() => setAt(index)}
        onClick=${() => format(each)}
      >
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${each.icon} /></svg>
      </button>`,
    )}
  </div>`;
}
