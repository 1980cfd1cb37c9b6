/** Letters that Unicode does not decompose, as users type them. */
const LETTERS = /** @type {Record<string, string>} */ ({
  æ: "ae",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ø: "o",
  œ: "oe",
  ß: "ss",
  þ: "th",
  ŧ: "t",
});
const MARKS = /\p{M}/gu;
const WORD = /[\p{L}\p{N}]/u;

const AT_BEGINNING = 40;
const AT_WORD = 20;
const IN_A_ROW = 12;
const PER_GAP = 1;

/** A text in which case, accents and width make no difference. @param {string} text */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(MARKS, "").toLowerCase();
  return plain.replace(/[æđðħıłøœßþŧ]/g, (letter) => LETTERS[letter]).normalize("NFKC");
}

/**
 * Score of a text for a typed query: the query's letters must be in the text in that order; consecutive letters and
 * starts of words raise the score. Both are {@link folded}; spaces of the query match any gap.
 *
 * @param {string} text
 * @param {string} typed
 * @returns {number | null} null when it does not fit
 */
export function fit(text, typed) {
  const letters = typed.replace(/\s+/g, "");
  if (letters === "") {
    return 0;
  }
  const whole = text.indexOf(typed);
  if (whole >= 0) {
    return typed.length * (IN_A_ROW + 1) + placeScore(text, whole) + (text === typed ? AT_BEGINNING : 0) - lengthCost(text);
  }
  let best = null;
  for (let start = text.indexOf(letters[0]); start >= 0; start = text.indexOf(letters[0], start + 1)) {
    const score = scoreFrom(text, letters, start, true) ?? scoreFrom(text, letters, start, false);
    if (score === null) {
      break;
    }
    best = Math.max(best ?? score, score);
  }
  return best;
}

/**
 * Score of the letters from an index on, each at its next occurrence, or at the next start of a word if there is one.
 *
 * @param {string} text
 * @param {string} letters
 * @param {number} start
 * @param {boolean} byWords
 */
function scoreFrom(text, letters, start, byWords) {
  let score = placeScore(text, start);
  let at = start;
  for (const letter of letters.slice(1)) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) {
      return null;
    }
    const isNear = next === at + 1 || !byWords;
    const place = (isNear ? null : beginningOfWord(text, letter, at + 1)) ?? next;
    score += place === at + 1 ? IN_A_ROW : placeScore(text, place) - PER_GAP * Math.min(place - at, 10);
    at = place;
  }
  return score - lengthCost(text);
}

/** @param {string} text @param {string} letter @param {number} from */
function beginningOfWord(text, letter, from) {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (isBeginning(text, at)) {
      return at;
    }
  }
  return null;
}

/** @param {string} text @param {number} at */
const isBeginning = (text, at) => at === 0 || !WORD.test(text[at - 1]);
/** @param {string} text @param {number} at */
const placeScore = (text, at) => (at === 0 ? AT_BEGINNING : isBeginning(text, at) ? AT_WORD : 0);
/**
 * Cost of a text's length: of two texts that fit alike the shorter one has fewer untyped letters.
 *
 * @param {string} text
 */
const lengthCost = (text) => Math.min(text.length, 100) / 100;
