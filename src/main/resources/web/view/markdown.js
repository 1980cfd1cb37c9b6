import "dompurify";
import { Marked } from "marked";
import { subsetOf } from "./markdown-subset.js";
import { withNote } from "./markdown-note.js";
import { markMentions } from "./mentions.js";
import { languageNow } from "../words/words.js";

/** The library's small build is a script that sets a global; its module is four times as large. */
const { DOMPurify } = /** @type {{DOMPurify: typeof import("dompurify").default}} */ (/** @type {unknown} */ (globalThis));

const KEPT = 500;

const marked = subsetOf(Marked);

/** Attributes whose values are no addresses: number of a list, alignment of a cell, box of a task. */
const VALUES = ["align", "aria-label", "checked", "disabled", "start", "type"];

const ALLOWED = {
  ALLOWED_TAGS: [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
  ],
  ALLOWED_ATTR: ["class", "href", ...VALUES],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ADD_URI_SAFE_ATTR: VALUES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_TRUSTED_TYPE: true,
};

DOMPurify.addHook("afterSanitizeAttributes", (/** @type {Element} */ node) => {
  if (node.tagName === "A") {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer nofollow");
  } else if (node.tagName === "INPUT") {
    // The box of a task only shows a state.
    node.setAttribute("type", "checkbox");
    node.setAttribute("disabled", "");
  }
});

/** @type {Map<string, ReturnType<typeof DOMPurify.sanitize>>} */
const known = new Map();

/**
 * Text of a message as markup of the safe subset.
 *
 * @param {string} text
 * @param {string[] | undefined} mentions users whom it mentions
 * @param {string} user the reader
 * @param {string} note word at its end, such as "edited", or none
 */
export function markdown(text, mentions, user, note = "") {
  const key = `${languageNow()}\n${user}\n${mentions ?? ""}\n${note}\n${text}`;
  let made = known.get(key);
  if (made === undefined) {
    made = DOMPurify.sanitize(withNote(markMentions(marked.parse(text), mentions ?? [], user), note), ALLOWED);
    known.set(key, made);
    if (known.size > KEPT) {
      known.delete(/** @type {string} */ (known.keys().next().value));
    }
  }
  return made;
}
