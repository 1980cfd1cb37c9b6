/** Limit of the emoji of a large text; more are drawn as usual. */
const MOST = 24;
/** Length of the longest emoji (a kiss of two people with skin tones) and a space, in UTF-16 code units. */
const LONGEST = 16;

const FIRST_ARROW = 0x2190;
const TEXT_STYLE = "\ufe0e";
const SELECTORS = /[\ufe0e\ufe0f]/g;
const NEEDS_STYLE = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu;

const characters = typeof Intl.Segmenter === "function" ? new Intl.Segmenter("en", { granularity: "grapheme" }) : null;
/** Letter that is no emoji, as ℹ is one. */
const LETTER = /(?!\p{Emoji})\p{L}/u;

/** @type {RegExp | null} */
let emojiPattern = null;

/**
 * Pattern of one emoji of Unicode's list, which newer browsers know; in others, of a text that contains an emoji. It takes a
 * phone tens of milliseconds to make, so it is made for the first text that may be emoji.
 */
function rgiEmoji() {
  try {
    return new RegExp("^\\p{RGI_Emoji}$", "v");
  } catch {
    return /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;
  }
}

/** True for a text of a few emoji and blanks and nothing else, which is drawn large. @param {string} text */
export function isEmojiOnly(text) {
  if (characters === null || text.length > MOST * LONGEST || LETTER.test(text)) {
    return false;
  }
  let count = 0;
  for (const { segment } of characters.segment(text)) {
    if (segment.trim() !== "") {
      count += 1;
      if (count > MOST || !isEmoji(segment)) {
        return false;
      }
    }
  }
  return count > 0;
}

/**
 * True also for an emoji without selectors, as some keyboards send it. Below the arrows in Unicode such a sign is a
 * letter: ©, ™, 1.
 *
 * @param {string} character
 */
function isEmoji(character) {
  emojiPattern ??= rgiEmoji();
  if (emojiPattern.test(character)) {
    return true;
  }
  const isLetter = [...character].length === 1 && /** @type {number} */ (character.codePointAt(0)) < FIRST_ARROW;
  return !isLetter && !character.includes(TEXT_STYLE) && emojiPattern.test(qualified(character));
}

/**
 * With the selector of the emoji style where it is not the default, and only there, as the server stores reactions.
 *
 * @param {string} character
 */
const qualified = (character) => character.replace(SELECTORS, "").replace(NEEDS_STYLE, "$&\ufe0f");
