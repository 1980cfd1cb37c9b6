/** Quotation marks of all languages, straight and curly, by kinds, as on the server. Any mark of a kind may close. */
const DOUBLE = ['"“”„‟＂〝〞〟❝❞', "«»", "‹›", "「」", "『』", "｢｣"];

/** Single marks, which are apostrophes too. */
const SINGLE = "'‘’‚‛＇❛❜";

const BLANK = /^\p{White_Space}/u;

/** @param {string} mark */
const kindOf = (mark) => DOUBLE.find((kind) => kind.includes(mark)) ?? (SINGLE.includes(mark) ? SINGLE : "");

/** The text without blanks at its ends, as the server strips them. @param {string} text */
export const stripped = (text) => text.replace(/^\p{White_Space}+/u, "").replace(/\p{White_Space}+$/u, "");

/**
 * Quotation at the beginning of a text; null when the text begins with no mark, or nothing closes it. A mark closes
 * only where a word ends.
 *
 * @param {string} text
 * @returns {{quoted: string, left: string} | null}
 */
export function quotationAtStart(text) {
  const marks = text === "" ? "" : kindOf(text[0]);
  for (let at = 1; at < text.length && marks !== ""; at++) {
    if (marks.includes(text[at]) && (at + 1 === text.length || BLANK.test(text.slice(at + 1, at + 2)))) {
      return { quoted: text.slice(1, at), left: stripped(text.slice(at + 1)) };
    }
  }
  return null;
}

/**
 * True when a text begins with an opening mark, except a single one, which may be an apostrophe.
 *
 * @param {string} text
 */
export const beginsQuotation = (text) => text !== "" && kindOf(text[0]) !== "" && !SINGLE.includes(text[0]);
