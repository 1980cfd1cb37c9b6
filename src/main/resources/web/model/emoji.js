/** @typedef {{title: string, emoji: [string, string][]}} EmojiGroup pictures with their names */

/** @type {Promise<EmojiGroup[]> | null} */
let loaded = null;

/** All emoji by groups; fetched when they are first wanted. @returns {Promise<EmojiGroup[]>} */
export function emojiGroups() {
  loaded ??= fetch(new URL("../emoji.json", import.meta.url))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`The server answered ${response.status}`))))
    .catch((failure) => {
      loaded = null;
      throw failure;
    });
  return loaded;
}

/** Emoji by part of their name, those whose name begins so first. @returns {Promise<[string, string][]>} */
export async function searchEmoji(text) {
  const wanted = text.toLowerCase().replace(/[_-]/g, " ").trim();
  const all = (await emojiGroups()).flatMap((group) => group.emoji);
  const found = all.filter(([, name]) => name.includes(wanted));
  return found.sort(([, one], [, other]) => Number(other.startsWith(wanted)) - Number(one.startsWith(wanted)));
}
