import { say } from "../../words/en/commands.js";

/** Names of parameters that are passwords, of which a single quotation mark is a part like any other sign. */
const PASSWORDS = new Set(["PASSWORD", "OLD", "NEW"]);

/**
 * @typedef {{name: string, isOptional: boolean, isRest: boolean, isPassword: boolean}} Parameter a word after the name, or with
 *   `isRest` all the rest of the text
 *
 * @typedef {object} Place where a command is called
 * @property {Page.Chat} chat
 * @property {Page.Room} room
 * @property {Page.Message} [thread] first message of the thread, when the command is typed in its panel
 *
 * @typedef {object} Answer what the page says to a command
 * @property {string} text
 * @property {{label: string, detail: string, act?: () => void}[]} [rows]
 *
 * @typedef {object} Command
 * @property {string} name the word after the slash
 * @property {string} usage the command with its parameters
 * @property {Parameter[]} parameters
 * @property {string} summary its effect, from the words of the catalogue under its name
 * @property {string} example
 * @property {boolean} takesPassword
 * @property {(place: Place, words: import("./words.js").Words) => Promise<Answer | void> | Answer | void} act
 */

/** A command that cannot run, with the reason for its user. */
export class CommandError extends Error {
  name = "CommandError";
}

/**
 * @param {string} usage the name and the parameters `NAME`, `[NAME]`, `NAME...` and `[NAME...]`, without the slash
 * @param {string} example
 * @param {Command["act"]} act
 * @returns {Command}
 */
export function command(usage, example, act) {
  const [name, ...words] = usage.split(" ");
  const parameters = words.map(parameterOf);
  return {
    name,
    usage: `/${usage}`,
    parameters,
    get summary() {
      return say(/** @type {Parameters<typeof say>[0]} */ (name));
    },
    example,
    act,
    takesPassword: parameters.some((each) => each.isPassword),
  };
}

/** @param {string} shown @returns {Parameter} */
function parameterOf(shown) {
  const isOptional = shown.startsWith("[");
  const bare = isOptional ? shown.slice(1, -1) : shown;
  const isRest = bare.endsWith("...");
  const name = isRest ? bare.slice(0, -3) : bare;
  return { name, isOptional, isRest, isPassword: PASSWORDS.has(name) };
}
