import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { say } from "../words/en/room.js";

/**
 * Number of lines above which a text is folded, to the fewer lines of the style sheet (`.folded`): hiding two or three
 * lines is not worth it.
 */
const FOLDED_ABOVE_LINES = 24;
/** A text with less of both is never that tall, and is not measured. */
const SHORT = { characters: 500, lines: 12 };

/**
 * Folds a tall text. It is measured and folded before the list computes its scroll position, so that nothing moves.
 *
 * @param {{current: HTMLElement | null}} element of the text
 * @param {string} text as it was written
 * @param {unknown} drawn value that the element shows; another value is measured anew
 * @param {boolean} may true when the text may be folded
 * @returns {{more: Page.Children, unfold: () => void}} the button that unfolds, null for a text that is not tall; and the same at once
 */
export function useFold(element, text, drawn, may) {
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const [open, setOpen] = useState(false);
  const candidate = may && isCandidate(text);
  useLayoutEffect(() => {
    const box = /** @type {HTMLElement} */ (element.current);
    const tall = candidate && isTall(box);
    box.classList.toggle("folded", tall && !open);
    if (button.current) {
      button.current.hidden = !tall;
    }
  }, [drawn, candidate, open]);
  const turn = () => {
    setOpen(!open);
    // After the drawing: the reader continues here, and is no longer at the end of the list.
    requestAnimationFrame(() => {
      const message = element.current?.closest(".message");
      if (open) {
        message?.scrollIntoView({ block: "nearest" });
      }
      message?.closest(".messages")?.dispatchEvent(new Event("scroll"));
    });
  };
  const more =
    candidate &&
    html`<button ref=${button} hidden class="link show-all" data-testid="show-all" aria-expanded=${open} onClick=${turn}>
      ${open ? say("showLess") : say("showAll")}
    </button>`;
  return { more, unfold: () => setOpen(true) };
}

/** @param {string} text */
function isCandidate(text) {
  return text.length > SHORT.characters || text.split("\n", SHORT.lines + 1).length > SHORT.lines;
}

/** @param {HTMLElement} box */
function isTall(box) {
  return box.scrollHeight > FOLDED_ABOVE_LINES * parseFloat(getComputedStyle(box).lineHeight);
}
