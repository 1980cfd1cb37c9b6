/** Keys and the tables that say what they do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ROOM_LIST_KEYS, SEARCH_KEYS, WRITING_KEYS, calledBy, shown } from "../../main/resources/web/view/keys.js";
import { LIST_KEYS, MESSAGE_MENU_KEYS } from "../../main/resources/web/view/list-keys.js";

const key = (name, ...modifiers) => ({
  key: name,
  shiftKey: modifiers.includes("Shift"),
  altKey: modifiers.includes("Alt"),
  ctrlKey: modifiers.includes("Ctrl"),
  metaKey: modifiers.includes("Meta"),
});

/** @type {[string, ReturnType<typeof key>, boolean][]} */
const PRESSED = [
  ["Mod+K", key("k", "Ctrl"), true],
  ["Mod+K", key("K", "Ctrl", "Shift"), false],
  ["Mod+K", key("k"), false],
  ["Mod+K", key("k", "Ctrl", "Alt"), false],
  ["Mod+Shift+F", key("F", "Ctrl", "Shift"), true],
  ["Alt+ArrowUp", key("ArrowUp", "Alt"), true],
  ["Alt+ArrowUp", key("ArrowUp", "Alt", "Shift"), false],
  ["ArrowUp", key("ArrowUp", "Shift"), false],
  ["Tab", key("Tab", "Shift"), false],
  ["Shift+Tab", key("Tab", "Shift"), true],
  ["R", key("r"), true],
  ["R", key("R", "Shift"), false],
  ["?", key("?", "Shift"), true],
  ["?", key("?"), true],
  ["+", key("+"), true],
  ["+", key("+", "Shift"), true],
  ["+", key("+", "Ctrl"), false],
];

for (const [keys, pressed, isCalled] of PRESSED) {
  const held = /** @type {const} */ (["ctrlKey", "altKey", "shiftKey"]).filter((name) => pressed[name]).join(" ");
  test(`${keys} is ${isCalled ? "" : "not "}called by ${pressed.key} with ${held || "nothing"}`, () => {
    assert.equal(
      calledBy([{ name: "it", press: [keys] }], /** @type {any} what is read of a key */ (pressed)) !== undefined,
      isCalled,
    );
  });
}

test("no key stands twice in a table, and each can be shown", () => {
  for (const table of [LIST_KEYS, MESSAGE_MENU_KEYS, ROOM_LIST_KEYS, SEARCH_KEYS, WRITING_KEYS]) {
    const all = table.flatMap(({ press }) => press);
    assert.deepEqual([...new Set(all)], all);
    table.forEach((entry) => assert.match(shown(entry), /\S/u));
  }
});

test("a sign that is written calls nothing by itself", () => {
  assert.equal(calledBy(WRITING_KEYS, /** @type {any} */ (key("@"))), undefined);
});
