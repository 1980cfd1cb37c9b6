/**
 * Tables of keys. The code that acts on a key finds it here, and the help shows the same entries, so that it cannot tell of a
 * key that does nothing.
 *
 * @typedef {object} Key
 * @property {string} name also of its words, see `words/en/keys.js`
 * @property {string[]} press each of them calls it, such as `Mod+Shift+F`; `Mod` is the command key of the system
 * @property {boolean} [isTyped] it is written as text, and completions answer
 * @property {(place: any, key: KeyboardEvent) => unknown} [act] the place is what the key acts on, which each table has its own of; false when there is nothing to do
 */

/** A Mac has commands of the system on Ctrl, and its own key for those of programs. */
const IS_MAC = /^(?:Mac|iP)/.test(globalThis.navigator?.platform ?? "");
const COMMAND_KEY = IS_MAC ? "⌘" : "Ctrl+";

/** Whether a key is held that calls commands of the page. @param {KeyboardEvent} key */
export const hasCommandKey = (key) => (IS_MAC ? key.metaKey : key.ctrlKey) && !key.altKey;

/** @type {Record<string, string>} */
const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", ContextMenu: "Menu" };

/** The keys of an entry as the help shows them. @param {{press: string[]}} entry */
export const shown = ({ press }) =>
  press.map((keys) => keys.replace("Mod+", COMMAND_KEY).replace(/\w+$/, (name) => NAMES[name] ?? name)).join(" / ");

/** The entry that a key calls. @param {Key[]} table @param {KeyboardEvent} key @returns {Key | undefined} */
export const calledBy = (table, key) => table.find(({ press, isTyped }) => !isTyped && press.some((keys) => isPressed(keys, key)));

/** @param {string} keys @param {KeyboardEvent} key */
function isPressed(keys, key) {
  const [, modifiers, wanted] = /** @type {RegExpExecArray} */ (/^((?:\w+\+)*)(.+)$/s.exec(keys));
  /** @param {string} modifier */
  const has = (modifier) => modifiers.includes(`${modifier}+`);
  // A sign may be on a key that needs the shift key.
  const isShiftRight = key.shiftKey === has("Shift") || (!has("Shift") && /^[^\p{L}\s]$/u.test(wanted));
  return (
    isShiftRight &&
    key.altKey === has("Alt") &&
    (has("Mod") ? hasCommandKey(key) : !key.ctrlKey && !key.metaKey) &&
    key.key.toLowerCase() === wanted.toLowerCase()
  );
}

/** Keys in the list of rooms. @type {Key[]} */
export const ROOM_LIST_KEYS = [
  { name: "next", press: ["ArrowDown"] },
  { name: "previous", press: ["ArrowUp"] },
  { name: "first", press: ["Home"] },
  { name: "last", press: ["End"] },
  { name: "options", press: ["Shift+F10", "ContextMenu"] },
];

/** Keys in the search, in its field and on its hits. @type {Key[]} */
export const SEARCH_KEYS = [
  { name: "next", press: ["ArrowDown"] },
  { name: "previous", press: ["ArrowUp"] },
  { name: "unfold", press: ["Backspace"] },
];

/** Keys in the field in which one writes. @type {Key[]} */
export const WRITING_KEYS = [
  { name: "send", press: ["Enter"] },
  { name: "send-always", press: ["Mod+Enter"] },
  { name: "line", press: ["Shift+Enter"] },
  { name: "name", press: ["@"], isTyped: true },
  { name: "emoji", press: [":"], isTyped: true },
  { name: "command", press: ["/"], isTyped: true },
  { name: "edit-last", press: ["ArrowUp"] },
  { name: "cancel", press: ["Escape"] },
];
