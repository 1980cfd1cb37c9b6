import { emojiList } from "../emoji.js";
import { say } from "../../words/en/commands.js";

const MOST_FOUND = 20;

/** Characters of which emoji are made. The server checks that they form one. */
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;

/**
 * Emoji of the parameter `EMOJI`, which is one or its name, with or without colons. @param {import("./words.js").Words}
 * words @returns {Promise<string>}
 */
export async function emojiOf(words) {
  const typed = words.text("EMOJI");
  if (PICTURE.test(typed)) {
    return typed;
  }
  const found = (await emojiList()).find(typed);
  if (!found) {
    throw words.malformed(say("notEmoji"));
  }
  return found;
}

/** Emoji whose names contain a text. @param {string} text @returns {Promise<import("./command.js").Answer>} */
export async function emojiLike(text) {
  const found = (await emojiList()).search(text).slice(0, MOST_FOUND);
  return found.length === 0
    ? { text: say("noEmoji") }
    : {
        text: say("emojiFound"),
        rows: found.map(({ emoji, names, title }) => ({ label: `${emoji} :${names[0]}:`, detail: title })),
      };
}
