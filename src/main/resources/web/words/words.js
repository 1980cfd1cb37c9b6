/**
 * Texts of the page in the reader's language. Each section of the catalogue is a module of `words/en`, which comes with the
 * chunk that shows its texts; another language is one file, `words/LANGUAGE.json`, with the same sections and keys. A text
 * that it lacks is shown in English. docs/decisions/0022-languages.md has the format and the reasons.
 *
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Text what stands in braces is replaced by the value of that
 *   name; with several forms, the value `count` chooses by the plural rules of the language
 * @typedef {Record<string, Record<string, Text>>} Catalogue texts by section and key
 */

const ENGLISH = "en";
const PLACE = /\{(\w+)\}/;

/** Letters that are read from right to left, and characters that change directions. */
const TURNS =
  /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_DIRECTIONAL_ISOLATE = "\u2069";

/** @type {{language: string, texts: Catalogue | null, locale: string, isTurned: boolean}} */
let spoken = { language: ENGLISH, texts: null, locale: ENGLISH, isTurned: false };
/** Formats of the locale, by what they are asked for: making one takes as long as a hundred uses. @type {Map<string, any>} */
const formats = new Map();

/**
 * Words everything from now on in a language.
 *
 * @param {string} language
 * @param {Catalogue | null} texts null for English
 * @param {{tags?: readonly string[], isTurned?: boolean}} [reader] `tags` are the languages of the reader's browser, of which one
 *   may name a country too; `isTurned` is true of a page that is read from right to left
 */
export function speak(language, texts, { tags = [], isTurned = false } = {}) {
  const locale = tags.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
  spoken = { language, texts, locale, isTurned };
  formats.clear();
}

/** True of a page that is read from right to left. */
export const isTurned = () => spoken.isTurned;

/** The language of the page. */
export const languageNow = () => spoken.language;

/**
 * A format of `Intl` for the reader.
 *
 * @template {"DateTimeFormat" | "NumberFormat" | "RelativeTimeFormat" | "ListFormat" | "PluralRules" | "Collator" | "DisplayNames"} Kind
 * @param {Kind} kind
 * @param {object} [options]
 * @returns {InstanceType<typeof Intl[Kind]>}
 */
export function format(kind, options = {}) {
  const key = kind + JSON.stringify(options);
  if (!formats.has(key)) {
    // The texts decide which plural form is read, so these rules are of their language.
    formats.set(key, new /** @type {any} */ (Intl)[kind](kind === "PluralRules" ? spoken.language : spoken.locale, options));
  }
  return formats.get(key);
}

/**
 * A section of the catalogue.
 *
 * @template {Record<string, Text>} English
 * @param {string} section
 * @param {English} english
 * @returns {{(key: keyof English & string, values?: Record<string, string | number>): string,
 *   (key: keyof English & string, values: Record<string, any>): any}} words a text: a string, or a list when a value is markup
 */
export function words(section, english) {
  return (key, values = {}) =>
    /** @type {any} a string, or a list when a value is markup */ (
      fill(spoken.texts?.[section]?.[key] ?? english[key] ?? "", values)
    );
}

/** @param {Text} text @param {Record<string, any>} values */
function fill(text, values) {
  const chosen = typeof text === "string" ? text : (text[format("PluralRules").select(values.count)] ?? text.other ?? "");
  const parts = chosen.split(PLACE).map((part, index) => (index % 2 === 0 ? part : shown(values[part])));
  return parts.some((part) => typeof part === "object") ? parts : parts.join("");
}

/** @param {unknown} value */
function shown(value) {
  switch (typeof value) {
    case "number":
      return format("NumberFormat").format(value);
    case "string":
      return isolated(value);
    default:
      return value ?? "";
  }
}

/**
 * A text of somebody within a text of the page, which it cannot rearrange (UAX 9). Where all is read in one direction it is left
 * as it is.
 *
 * @param {string} text
 */
export function isolated(text) {
  return text !== "" && (spoken.isTurned || TURNS.test(text)) ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE : text;
}

/**
 * Several names in a sentence: a string, or a list when one is markup.
 *
 * @param {any[]} items
 */
export function listed(items) {
  const parts = format("ListFormat").formatToParts(items.map((_, index) => String(index)));
  const all = parts.map(({ type, value }) => (type === "element" ? shown(items[Number(value)]) : value));
  return all.some((part) => typeof part === "object") ? all : all.join("");
}

/** A number as the reader writes it. @param {number} value */
export const counted = (value) => format("NumberFormat").format(value);
