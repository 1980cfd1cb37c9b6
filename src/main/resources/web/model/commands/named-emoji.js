import { searchEmoji } from "../emoji.js";

/** Characters of which emoji are made. The server decides whether they are one. */
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;

/** The emoji that `EMOJI` is or names, with or without colons. @param {import("./words.js").Words} words @returns {Promise<string>} */
export async function emojiOf(words) {
  const typed = words.text("EMOJI");
  if (PICTURE.test(typed)) {
    return typed;
  }
  const [found] = await searchEmoji(typed.replace(/^:(.+):$/, "$1"));
  if (!found) {
    throw words.malformed("That is not one emoji");
  }
  return found[0];
}
