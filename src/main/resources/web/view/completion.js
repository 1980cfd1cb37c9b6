import { searchEmoji } from "../model/emoji.js";
import { WORD } from "./mentions.js";
import { loadCommands } from "./slash-commands.js";

const SHOWN = 8;

/** The name of a command, at the beginning of a text. */
const COMMAND = /^[\p{White_Space}\p{Cf}]*([/\uff0f])([\p{L}\p{N}]*)$/u;

/** A name after `@`, where a mention may stand, see `mentions.js`. */
const NAME = new RegExp(String.raw`(?<![${WORD}@])([@\uff20])([\p{L}\p{N}._\-]*)$`, "u");
const EMOJI = /(?:^|[\s(])(:)([\p{L}\p{N}._-]{2,})$/u;

/** What is being typed at the caret that can be completed: a name after `@`, an emoji after `:`, a command after `/`. */
export function completionAt(text, caret) {
  const typed = text.slice(0, caret);
  const found = COMMAND.exec(typed) ?? NAME.exec(typed) ?? EMOJI.exec(typed);
  if (!found) {
    return null;
  }
  return { sign: SIGNS[found[1]] ?? found[1], prefix: found[2].toLowerCase(), start: caret - found[2].length - 1 };
}

/** Signs of other widths. */
const SIGNS = { "\uff20": "@", "\uff0f": "/" };

/**
 * What it can be completed to.
 *
 * @returns {Promise<{key: string, text: string, label: string, detail: string}[]>} `text` goes where the prefix was
 */
export async function suggestions({ sign, prefix }, chat, room) {
  if (sign === "/") {
    return commandSuggestions(prefix);
  }
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

/** Commands, all that fit: their list scrolls. */
async function commandSuggestions(prefix) {
  const commands = await loadCommands().catch(() => null);
  return (commands?.commandsLike(prefix) ?? []).map(({ name, usage, summary }) => ({ key: name, text: `/${name} `, label: usage, detail: summary }));
}

const isLike = (prefix, userId, name) =>
  userId.startsWith(prefix) || name.toLowerCase().split(/\s+/).some((word) => word.startsWith(prefix));
