import { openFence } from "../model/fences.js";
import { WORD } from "./mentions.js";
import { loadCommands } from "./slash-commands.js";

const SHOWN = 8;

/**
 * @typedef {{sign: string, prefix: string, start: number, closed?: boolean}} Completion something typed that can be completed
 * @typedef {{key: string, text: string, label: string, detail: string, taken?: () => void}} Suggestion `text` goes where the prefix was,
 *   and then `taken` is called
 */

/** The name of a command, at the beginning of a text. */
const COMMAND = /^[\p{White_Space}\p{Cf}]*([/\uff0f])([\p{L}\p{N}]*)$/u;

/** A name after `@`, at a place where a mention is possible, see `mentions.js`. */
const NAME = new RegExp(String.raw`(?<![${WORD}@])([@\uff20])([\p{L}\p{N}._\-]*)$`, "u");

/** Least length of a name after `:` that is completed; a shorter one is an emoticon, such as `:D`. */
const SHORTEST = 2;

/**
 * A name of an emoji after `:`, and the closing colon when it is typed. A name never begins within a word, a path or a
 * time.
 */
const EMOJI = /(?<![A-Za-z0-9\\/:]):(?<name>[+-]?[\p{L}\p{N}_-]*|[+-]?[\p{L}\p{N}_-]+(?:::skin-tone-[2-6])?:)$/u;

/**
 * Text at the caret that can be completed: a name after `@`, an emoji after `:`, a command after `/`. `closed` is true
 * when the name of an emoji has its closing colon.
 *
 * @param {string} text
 * @param {number} caret
 */
export function completionAt(text, caret) {
  const typed = text.slice(0, caret);
  const found = COMMAND.exec(typed) ?? NAME.exec(typed);
  if (found) {
    return { sign: SIGNS[found[1]] ?? found[1], prefix: found[2].toLowerCase(), start: caret - found[2].length - 1 };
  }
  const emoji = EMOJI.exec(typed);
  if (!emoji || isInCode(typed)) {
    return null;
  }
  const { name = "" } = emoji.groups ?? {};
  return { sign: ":", prefix: name, start: emoji.index, closed: name.endsWith(":") };
}

/** True while a fence is open at the end of a text, or a code span on its last line. @param {string} typed */
const isInCode = (typed) => openFence(typed) !== null || hasOpenSpan(typed.slice(typed.lastIndexOf("\n") + 1));

/** @param {string} line */
function hasOpenSpan(line) {
  /** @type {string | null} */
  let open = null;
  for (const [marks] of line.matchAll(/`+/g)) {
    open = open === null ? marks : open === marks ? null : open;
  }
  return open !== null;
}

/** Full-width forms of the signs. @type {Record<string, string>} */
const SIGNS = { "\uff20": "@", "\uff0f": "/" };

/**
 * Completions of that text; at most one for a closed name.
 *
 * @returns {Promise<Suggestion[]>}
 * @param {Completion} given
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 */
export async function suggestions({ sign, prefix, closed }, chat, room) {
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
  // Without their names there is nothing to offer. The first colon already fetches them.
  const emoji = await import("./emoji-completion.js").then(
    (module) => module.loaded(),
    () => null,
  );
  return emoji === null || prefix.length < SHORTEST ? [] : emoji.like(prefix, closed ?? false, chat).slice(0, SHOWN);
}

/** Commands, all that fit: their list scrolls. @param {string} prefix */
async function commandSuggestions(prefix) {
  const commands = await loadCommands().catch(() => null);
  return (commands?.commandsLike(prefix) ?? []).map(({ name, usage, summary }) => ({
    key: name,
    text: `/${name} `,
    label: usage,
    detail: summary,
  }));
}

/** @param {string} prefix @param {string} userId @param {string} name */
const isLike = (prefix, userId, name) =>
  userId.startsWith(prefix) ||
  name
    .toLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(prefix));
