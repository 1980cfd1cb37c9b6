import { EmojiList } from "./emoji-list.js";

export { EmojiChoices } from "./emoji-choices.js";

/** @type {Promise<EmojiList> | null} */
let loaded = null;

/** All emoji; fetched when they are first needed. @returns {Promise<EmojiList>} */
export function emojiList() {
  loaded ??= import("emoji-data").then(
    ({ default: text }) => new EmojiList(text),
    (failure) => {
      loaded = null;
      throw failure;
    },
  );
  return loaded;
}
