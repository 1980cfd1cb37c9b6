import { EmojiChoices, emojiList } from "../model/emoji.js";
import { inTone } from "../model/emoji-list.js";

/** Completions of names of emoji, once the list is loaded; null when it cannot be loaded. */
export async function loaded() {
  const list = await emojiList().catch(() => null);
  return (
    list && {
      like: (/** @type {string} */ prefix, /** @type {boolean} */ closed, /** @type {Page.Chat} */ chat) =>
        like(prefix, closed, list, new EmojiChoices(chat.storage.local, /** @type {string} */ (chat.user))),
    }
  );
}

/**
 * @param {string} prefix
 * @param {boolean} closed
 * @param {Page.EmojiList} list
 * @param {import("../model/emoji-choices.js").EmojiChoices} choices
 */
function like(prefix, closed, list, choices) {
  if (closed) {
    const found = list.find(prefix, choices.tone);
    const taken = () =>
      choices.picked(/** @type {import("../model/emoji-list.js").Emoji} */ (list.of(/** @type {string} */ (found))).emoji);
    return found === undefined ? [] : [{ key: found, text: found, label: found, detail: `:${prefix}`, taken }];
  }
  return list.search(prefix, choices.recent).map((emoji) => {
    const picture = inTone(emoji, choices.tone);
    return {
      key: emoji.emoji,
      text: `${picture} `,
      label: `${picture} ${emoji.title}`,
      detail: `:${emoji.names[0]}:`,
      taken: () => choices.picked(emoji.emoji),
    };
  });
}
