import { searchEmoji } from "../model/emoji.js";
import { WORD } from "./mentions.js";

const SHOWN = 8;

/** A name after `@`, where a mention may stand, see `mentions.js`. */
const NAME = new RegExp(String.raw`(?<![${WORD}@])([@\uff20])([\p{L}\p{N}._\-]*)$`, "u");
const EMOJI = /(?:^|[\s(])(:)([\p{L}\p{N}._-]{2,})$/u;

/** What is being typed at the caret that can be completed: a name after `@`, an emoji after `:`. */
export function completionAt(text, caret) {
  const typed = text.slice(0, caret);
  const found = NAME.exec(typed) ?? EMOJI.exec(typed);
  if (!found) {
    return null;
  }
  return { sign: found[1] === ":" ? ":" : "@", prefix: found[2].toLowerCase(), start: caret - found[2].length - 1 };
}

/**
 * What it can be completed to.
 *
 * @returns {Promise<{key: string, text: string, label: string, detail: string}[]>} `text` goes where the prefix was
 */
export async function suggestions({ sign, prefix }, chat, room) {
  if (sign === "@") {
    const people = chat.people
      .members(room.roomId)
      .filter(({ userId, name }) => userId !== chat.user && isLike(prefix, userId, name));
    // A name that is all there needs no completion, and Enter shall send it.
    const complete = people.length === 1 && people[0].userId === prefix;
    return (complete ? [] : people)
      .slice(0, SHOWN)
      .map(({ userId, name }) => ({ key: userId, text: `@${userId} `, label: name, detail: `@${userId}` }));
  }
  // Without their names there is nothing to offer.
  const emoji = await searchEmoji(prefix).catch(() => []);
  return emoji.slice(0, SHOWN).map(([picture, name]) => ({ key: picture, text: `${picture} `, label: `${picture} ${name}`, detail: "" }));
}

const isLike = (prefix, userId, name) =>
  userId.startsWith(prefix) || name.toLowerCase().split(/\s+/).some((word) => word.startsWith(prefix));
