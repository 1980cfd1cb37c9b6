import { hasCommandKey, shown } from "./keys.js";
import { link, toggleCode, toggleCodeBlock, toggleList, toggleMark, toggleQuote } from "../model/text-edits.js";

/**
 * @typedef {object} Format
 * @property {string} name
 * @property {string} press one of its keys, see `keys.js`
 * @property {string} keys as the help shows them
 * @property {string} icon path on a grid of 24
 * @property {boolean} [turns] true when the icon is mirrored from right to left
 * @property {(key: KeyboardEvent) => boolean} isCalledBy true for the key of the format, when the command key is held
 * @property {(value: string, start: number, end: number) => import("../model/text-edits.js").Edit} edit
 * @param {string} wanted
 */

const letter = (wanted) => (/** @type {KeyboardEvent} */ key) => !key.shiftKey && key.key.toLowerCase() === wanted;
/** @param {...string} codes */
const shifted =
  (...codes) =>
  (/** @type {KeyboardEvent} */ key) =>
    key.shiftKey && (codes.includes(key.code) || codes.includes(key.key.toLowerCase()));
/** @param {HTMLElement} field */
const hasSelection = (field) =>
  "selectionStart" in field && field.selectionStart !== /** @type {HTMLTextAreaElement} */ (field).selectionEnd;
/** A key by its name on a keyboard. @param {string} key */
const keyed = (key) => ({ press: `Mod+${key}`, keys: shown({ press: [`Mod+${key}`] }) });
/** @param {string} mark */
const marked = (mark) => (/** @type {string} */ value, /** @type {number} */ start, /** @type {number} */ end) =>
  toggleMark(value, start, end, mark);

/**
 * Formats of the format bar. Keys of digits and signs are matched by their places, which keyboards share.
 *
 * @type {Format[]}
 */
export const FORMATS = [
  {
    name: "bold",
    ...keyed("B"),
    isCalledBy: letter("b"),
    edit: marked("**"),
    icon: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  },
  { name: "italic", ...keyed("I"), isCalledBy: letter("i"), edit: marked("*"), icon: "M10 5h7M7 19h7M14 5l-4 14" },
  {
    name: "strike",
    ...keyed("Shift+X"),
    isCalledBy: shifted("x"),
    edit: marked("~~"),
    icon: "M4 12h16M16.5 8c-.5-2-2.2-3-4.5-3-2.6 0-4.5 1.4-4.5 3.5M7.5 16c.6 2 2.3 3 4.7 3 2.7 0 4.5-1.3 4.5-3.4 0-.6-.1-1.1-.4-1.6",
  },
  {
    name: "link",
    ...keyed("K"),
    // Without a selection the key opens the quick switcher.
    isCalledBy: (key) => letter("k")(key) && hasSelection(key.target),
    edit: link,
    icon: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  },
  { name: "code", ...keyed("E"), isCalledBy: letter("e"), edit: toggleCode, icon: "M8.5 7L4 12l4.5 5M15.5 7L20 12l-4.5 5" },
  {
    name: "code-block",
    ...keyed("Shift+E"),
    isCalledBy: shifted("e"),
    edit: toggleCodeBlock,
    icon: "M4 5h16v14H4zM10 9.5L7.5 12l2.5 2.5M14 9.5l2.5 2.5-2.5 2.5",
  },
  {
    name: "quote",
    turns: true,
    ...keyed("Shift+."),
    isCalledBy: shifted("Period", ">", "."),
    edit: toggleQuote,
    icon: "M5 5v14M10 8h10M10 12h10M10 16h6",
  },
  {
    name: "list",
    turns: true,
    ...keyed("Shift+8"),
    isCalledBy: shifted("Digit8"),
    edit: (value, start, end) => toggleList(value, start, end, false),
    icon: "M10 6h10M10 12h10M10 18h10M5 6v.1M5 12v.1M5 18v.1",
  },
  {
    name: "numbers",
    ...keyed("Shift+7"),
    isCalledBy: shifted("Digit7"),
    edit: (value, start, end) => toggleList(value, start, end, true),
    icon: "M11 6h9M11 12h9M11 18h9M4 5l1.5-1v5M4 15.5c0-2 3-2 3 0 0 1.5-3 2-3 3.5h3",
  },
];

/** The format that a key calls. @param {KeyboardEvent} key @returns {Format | undefined} */
export const formatOf = (key) => (hasCommandKey(key) ? FORMATS.find((format) => format.isCalledBy(key)) : undefined);
