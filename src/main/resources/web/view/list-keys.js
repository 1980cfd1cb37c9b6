/** @typedef {import("./keys.js").Key} Key */

/** Keys in lists that are one tab stop, such as the messages. @type {Key[]} */
export const LIST_KEYS = [
  { name: "next", press: ["ArrowDown"] },
  { name: "previous", press: ["ArrowUp"] },
  { name: "inside", press: ["Tab"] },
  { name: "back", press: ["Shift+Tab"] },
  { name: "right", press: ["ArrowRight"] },
  { name: "left", press: ["ArrowLeft"] },
];

/** Keys that open the menu of the focused message. @type {Key[]} */
export const MESSAGE_MENU_KEYS = [{ name: "menu", press: ["Shift+F10", "ContextMenu"] }];
