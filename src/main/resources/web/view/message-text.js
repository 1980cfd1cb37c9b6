import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { isEmojiOnly } from "./emoji-only.js";
import { useFold } from "./fold.js";
import { markdown } from "./markdown.js";

/** Module for the buttons and colours of code blocks, loaded with the first block. */
/** @type {((element: HTMLElement) => void) | null} */
let dressCode = null;

/**
 * Text of a message, in Markdown. A text that cannot be drawn is shown as its source.
 *
 * @param {{text: string, mentions?: string[], user: string, note?: string, folds?: boolean, place?: any}} props `user` is the
 *   reader; `note` stands at the end of the text; a tall text `folds`; `place` gets the element; others are attributes of it
 */
export function MessageText({ text, mentions, user, note = "", folds = false, place, ...attributes }) {
  const own = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const element = place ?? own;
  const drawn = tryToDraw(text, mentions, user, note);
  const { more, unfold } = useFold(element, text, drawn ?? text, folds);
  useLayoutEffect(() => dress(element.current), [drawn]);
  /** The browser scrolls a folded text when it finds a word, or focuses a link, in the hidden part. */
  const onScroll = () => {
    if (element.current.classList.contains("folded")) {
      element.current.scrollTop = 0;
      unfold();
    }
  };
  const shown =
    drawn === null
      ? html`<div ...${attributes} ref=${element} class="text plain" dir="auto" onScroll=${onScroll}>
          ${text}${note && html` <span class="edited">${note}</span>`}
        </div>`
      : html`<div
          ...${attributes}
          ref=${element}
          class=${isEmojiOnly(text) ? "text large" : "text"}
          dir="auto"
          onScroll=${onScroll}
          dangerouslySetInnerHTML=${{ __html: drawn }}
        ></div>`;
  return html`${shown}${more}`;
}

/** @param {string} text @param {string[] | undefined} mentions @param {string} user @param {string} note */
function tryToDraw(text, mentions, user, note) {
  try {
    return markdown(text, mentions, user, note);
  } catch (failure) {
    console.error("A message could not be drawn as Markdown", failure);
    return null;
  }
}

/**
 * At once when the module is loaded, so that code has its colours from the first drawing.
 *
 * @param {HTMLElement} element
 */
function dress(element) {
  if (element.querySelector(".code") === null) {
    return;
  }
  if (dressCode) {
    dressCode(element);
    return;
  }
  import("./code-blocks.js").then(
    (module) => {
      dressCode = module.dressCode;
      dressCode(element);
    },
    () => {
      // Code is readable without it; the next block retries.
    },
  );
}
