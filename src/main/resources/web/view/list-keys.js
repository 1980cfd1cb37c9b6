/** @typedef {import("./keys.js").Key} Key */

/** Keys in lists that are one tab stop, such as the messages. @type {Key[]} */
export const LIST_KEYS = [
  { name: "next", press: ["ArrowDown"], label: "Next message" },
  { name: "previous", press: ["ArrowUp"], label: "Previous message" },
  { name: "inside", press: ["Tab"], label: "Links, reactions and tools of the message, then on" },
  { name: "back", press: ["Shift+Tab"], label: "The same backwards" },
  { name: "right", press: ["ArrowRight"], label: "Next tool of the message" },
  { name: "left", press: ["ArrowLeft"], label: "Previous tool of the message" },
];

/** Keys that open the menu of the message that has the focus. @type {Key[]} */
export const MESSAGE_MENU_KEYS = [{ name: "menu", press: ["Shift+F10", "ContextMenu"], label: "Menu of the message" }];
