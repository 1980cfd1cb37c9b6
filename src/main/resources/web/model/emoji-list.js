/**
 * @typedef {object} Emoji
 * @property {string} emoji
 * @property {string} lightest the same in the lightest skin tone, empty when it has no tones
 * @property {number} version of Unicode's emoji
 * @property {string} title CLDR short name
 * @property {string[]} names without colons, the most used one first
 * @property {string[]} words of its title and names
 * @property {string[]} keywords that are in none of its names
 */

/** @typedef {{title: string, emoji: Emoji[]}} EmojiGroup */

const LIGHTEST = "\u{1f3fb}";
const ANY_TONE = /[\u{1f3fb}-\u{1f3ff}]/gu;

/** A typed name, and a skin tone as in Discord or Slack. The server reads names by the same rule (EmojiNames.java). */
const TYPED = /^:?([+-]?[\p{L}\p{N}_-]+?)(?:_tone([1-5])|::skin-tone-([2-6]))?:?$/u;

/** Skin tones, by their number: none, and from light to dark. */
export const TONES = /** @type {const} */ (["tone_0", "tone_1", "tone_2", "tone_3", "tone_4", "tone_5"]);

/** An emoji in a skin tone, if it has one. @param {Emoji} emoji @param {number} tone 0 for none */
export const inTone = (emoji, tone) =>
  tone === 0 || emoji.lightest === "" ? emoji.emoji : emoji.lightest.replaceAll(LIGHTEST, String.fromCodePoint(0x1f3fa + tone));

/** Key of a typed name: case has no meaning, and hyphens are underscores. @param {string} typed */
const key = (typed) =>
  typed
    .replace(/^:|:$/g, "")
    .toLowerCase()
    .trim()
    .replace(/(?<=.)[-\s]+/g, "_");

/** @param {string} text */
const wordsOf = (text) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** All emoji with their names: the list that the build creates for page and node (src/build/bundle/EmojiList.java). */
export class EmojiList {
  /** @type {EmojiGroup[]} */
  groups = [];
  /** By their names. @type {Map<string, Emoji>} */
  #byName = new Map();
  /** By themselves. @type {Map<string, Emoji>} */
  #byEmoji = new Map();

  /** @param {string} text a line for each emoji, and one for each group before them */
  constructor(text) {
    for (const line of text.split("\n").filter(Boolean)) {
      const fields = line.split("\t");
      if (fields[0] === "") {
        this.groups.push({ title: fields[1], emoji: [] });
      } else {
        this.#add(fields);
      }
    }
  }

  /** @param {string[]} given */
  #add([emoji, lightest, version, title, names, keywords]) {
    const made = {
      emoji,
      lightest,
      version: Number(version),
      title,
      names: names.split(" "),
      words: wordsOf(`${title} ${names}`),
      keywords: keywords.split(" ").filter(Boolean),
    };
    /** @type {EmojiGroup} */ (this.groups.at(-1)).emoji.push(made);
    made.names.forEach((name) => this.#byName.set(name, made));
    this.#byEmoji.set(emoji, made);
  }

  /**
   * The emoji with exactly this name, with or without colons, in the skin tone of the name.
   *
   * @param {string} typed
   * @param {number} [tone] the tone when the name has none
   * @returns {string | undefined}
   */
  find(typed, tone = 0) {
    const [, name, discord, slack] = TYPED.exec(typed) ?? [];
    const found = name === undefined ? undefined : this.#byName.get(key(name));
    const wanted = Number(discord ?? Number(slack) - 1) || 0;
    if (!found || (wanted > 0 && found.lightest === "")) {
      return undefined;
    }
    return inTone(found, wanted || tone);
  }

  /** @param {string} emoji in any skin tone @returns {Emoji | undefined} */
  of(emoji) {
    return this.#byEmoji.get(emoji) ?? this.#byEmoji.get(emoji.replace(ANY_TONE, ""));
  }

  /**
   * Emoji by a part of their names. An exact name comes first, then names with that prefix, then a keyword, then words
   * with that prefix, then names that contain it.
   *
   * @param {string} typed
   * @param {string[]} [recent] emoji that come first among equals
   * @returns {Emoji[]}
   */
  search(typed, recent = []) {
    const wanted = key(typed);
    // A sign first is +1, -1 or an emoticon, whose letters begin no word.
    const words = /^[+-]/.test(wanted) ? [] : wordsOf(wanted);
    if (wanted === "") {
      return [];
    }
    const pasted = this.of(typed.trim());
    const found = [];
    for (const emoji of this.groups.flatMap((group) => group.emoji)) {
      const rank = emoji === pasted ? 0 : rankOf(emoji, wanted, words);
      if (rank < NOT_FOUND) {
        found.push({ emoji, rank, recency: recency(emoji, recent) });
      }
    }
    // The sort is stable, so equal ones stay in Unicode's order.
    return found.sort((one, other) => one.rank - other.rank || one.recency - other.recency).map(({ emoji }) => emoji);
  }
}

const NOT_FOUND = 7;

/**
 * Rank of an emoji for a search; smaller is better.
 *
 * @param {Emoji} given
 * @param {string} wanted
 * @param {string[]} words
 */
function rankOf({ names, words: own, keywords }, wanted, words) {
  if (names.includes(wanted)) {
    return 0;
  }
  if (names.some((name) => name.startsWith(wanted))) {
    return 1;
  }
  if (keywords.includes(wanted)) {
    return 2;
  }
  if (words.length === 0) {
    return NOT_FOUND;
  }
  if (words.every((word) => own.some((other) => other.startsWith(word)))) {
    return 3;
  }
  if (words.every((word) => own.some((other) => other.startsWith(word)) || keywords.some((other) => other.startsWith(word)))) {
    return 4;
  }
  if (names.some((name) => name.includes(wanted))) {
    return 5;
  }
  return words.every((word) => keywords.some((other) => other.includes(word))) ? 6 : NOT_FOUND;
}

/** @param {Emoji} emoji @param {string[]} recent */
function recency(emoji, recent) {
  const at = recent.indexOf(emoji.emoji);
  return at < 0 ? recent.length : at;
}
