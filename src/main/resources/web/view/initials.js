/** Number of the hues in the style sheets. */
export const HUES = 14;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** A letter or digit at the beginning of a word; other parts of a name, such as `(@alice2)`, give no initial. */
const WORD = /^[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * Initials of a name: the first characters of its first and last word, or of its only word. Scripts without capitals,
 * and emoji, give one character: two would be as wide as a name, or join to another shape.
 *
 * @param {string} name
 */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter((word) => WORD.test(word));
  const [first = ""] = words.length > 0 ? split(words[0]) : split(name);
  if (!hasCase(first)) {
    return first;
  }
  const second = words.length > 1 ? split(words[words.length - 1])[0] : split(words[0])[1];
  return (first + (second !== undefined && (hasCase(second) || /^\p{N}/u.test(second)) ? second : "")).toUpperCase();
}

/** Hue of a user, computed from the user id. @param {string} user */
export function hueOf(user) {
  let sum = 7;
  for (const letter of user) {
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  }
  return sum % HUES;
}

/** @param {string} text */
const split = (text) => [...graphemes.segment(text)].map(({ segment }) => segment);

/** @param {string} letter */
const hasCase = (letter) => letter.toLowerCase() !== letter.toUpperCase();
