import { fencedLines } from "./fences.js";

/** Names of the commands that take a password. A test holds them equal to those of line mode. */
export const WITH_PASSWORD = ["register", "redeem", "login", "password"];

/** A slash at the beginning, also the wide one of Chinese and Japanese keyboards, after nothing visible. */
const SLASH = /^([\p{White_Space}\p{Cf}]*)([/\uff0f])([^]*)$/u;
const BLANKS = /\p{White_Space}+/u;
const LATER_COMMAND = /\n[\p{White_Space}\p{Cf}]*[/\uff0f]/u;
const PASSWORD_LINE = new RegExp(
  String.raw`^[\p{White_Space}\p{Cf}]*[/\uff0f](${WITH_PASSWORD.join("|")})\p{White_Space}+\P{White_Space}`,
  "iu",
);

/**
 * @typedef {{kind: "said", text: string}} Said a message that begins with a slash, which is typed with two
 * @typedef {{kind: "command", name: string, typed: string, isWide: boolean}} Called a command, with what was typed after its
 *   name; a wide slash is one only before the name of a command
 */

/** Meaning of a text that begins with a slash; null for any other text. @param {string} text @returns {Said | Called | null} */
export function readSlash(text) {
  const [, blank, slash, rest] = SLASH.exec(text) ?? [];
  if (slash === undefined) {
    return null;
  }
  if (/^[/\uff0f]/.test(rest)) {
    return { kind: "said", text: blank + rest };
  }
  const name = rest.split(BLANKS, 1)[0];
  return { kind: "command", name, typed: rest.slice(name.length), isWide: slash !== "/" };
}

/** A message as its author types it: one that begins with a slash has two. @param {string} text */
export function asTyped(text) {
  const [, blank, slash, rest] = SLASH.exec(text) ?? [];
  return slash === undefined ? text : `${blank}/${slash}${rest}`;
}

/**
 * The first line after line 1 that calls a command with a password, as in a text copied from a terminal. Lines of code
 * are text.
 *
 * @param {string} text
 * @returns {{number: number, name: string} | null}
 */
export function passwordLine(text) {
  if (!LATER_COMMAND.test(text)) {
    return null;
  }
  const lines = fencedLines(text);
  const index = lines.findIndex(({ line, open }, at) => at > 0 && open === null && PASSWORD_LINE.test(line));
  return index < 0
    ? null
    : { number: index + 1, name: /** @type {RegExpExecArray} */ (PASSWORD_LINE.exec(lines[index].line))[1].toLowerCase() };
}

/**
 * True when a text may be stored as a draft: not one that may have a password in it. That is any command except those
 * known to take none, because a mistyped `/pasword` takes one too.
 *
 * @param {string} text
 * @param {(name: string) => boolean} isHarmless true for the name of a command without a password
 */
export function mayBeKept(text, isHarmless) {
  const slash = readSlash(text);
  return passwordLine(text) === null && (slash === null || slash.kind === "said" || isHarmless(slash.name));
}
