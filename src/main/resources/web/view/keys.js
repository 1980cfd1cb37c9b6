/**
 * Tables of keys. The code that handles a key finds it here, and the help shows the same entries, so that the help
 * cannot show a key without an effect.
 *
 * @typedef {object} Key
 * @property {string} name also of its words, see `words/en/keys.js`
 * @property {string[]} press keys of the entry, such as `Mod+Shift+F`; `Mod` is the command key of the system
 * @property {boolean} [isTyped] true when the key is typed as text, and completions handle it
 * @property {(place: any, key: KeyboardEvent) => unknown} [act] the place is what the key acts on, which each table has its own of; false when there is nothing to do
 */

/** True on a Mac, where Ctrl is for commands of the system and ⌘ for those of programs. */
const IS_MAC = /^(?:Mac|iP)/.test(globalThis.navigator?.platform ?? "");
const COMMAND_KEY = IS_MAC ? "⌘" : "Ctrl+";

/** True when the command key is held. @param {KeyboardEvent} key */
export const hasCommandKey = (key) => (IS_MAC ? key.metaKey : key.ctrlKey) && !key.altKey;

/** @type {Record<string, string>} */
const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", ContextMenu: "Menu" };

/** Keys of an entry, as the help shows them. @param {{press: string[]}} entry */
export const shown = ({ press }) =>
  press.map((keys) => keys.replace("Mod+", COMMAND_KEY).replace(/\w+$/, (name) => NAMES[name] ?? name)).join(" / ");

/** Entry of a pressed key. @param {Key[]} table @param {KeyboardEvent} key @returns {Key | undefined} */
export const calledBy = (table, key) =>
  table.find(({ press, isTyped }) => !isTyped && press.some((keys) => isPressed(keys, key)));

/** @param {string} keys @param {KeyboardEvent} key */
function isPressed(keys, key) {
  const [, modifiers, wanted] = /** @type {RegExpExecArray} */ (/^((?:\w+\+)*)(.+)$/s.exec(keys));
  /** @param {string} modifier */
  const has = (modifier) => modifiers.includes(`${modifier}+`);
  // A sign may need the shift key.
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
