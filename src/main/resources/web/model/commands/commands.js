import { readSlash } from "../slash.js";
import { ACCOUNT_COMMANDS } from "./account-commands.js";
import { CommandError, command } from "./command.js";
import { HISTORY_COMMANDS } from "./history-commands.js";
import { MEMBER_COMMANDS } from "./member-commands.js";
import { MESSAGE_COMMANDS } from "./message-commands.js";
import { POLL_COMMANDS } from "./poll-commands.js";
import { PREFERENCE_COMMANDS } from "./preference-commands.js";
import { ROOM_COMMANDS } from "./room-commands.js";
import { SAVED_COMMANDS } from "./saved-commands.js";
import { SETTING_COMMANDS } from "./setting-commands.js";
import { THREAD_COMMANDS } from "./thread-commands.js";
import { Words, shortened } from "./words.js";
import { say } from "../../words/en/commands.js";

/** The commands of line mode, in its order, as the page runs them. A test keeps both tables equal. */
/** @type {import("./command.js").Command[]} */
export const COMMANDS = [
  ...ACCOUNT_COMMANDS,
  ...ROOM_COMMANDS,
  ...PREFERENCE_COMMANDS,
  ...SETTING_COMMANDS,
  ...MEMBER_COMMANDS,
  ...MESSAGE_COMMANDS,
  ...POLL_COMMANDS,
  ...THREAD_COMMANDS,
  ...SAVED_COMMANDS,
  ...HISTORY_COMMANDS,
  command("help [COMMAND]", "/help edit", ({ chat }, words) => {
    const name = words.find("COMMAND");
    return name === undefined
      ? chat.ask({ kind: "shortcuts", part: "commands" })
      : explanation(requireCommand(name.replace(/^\//, "")));
  }),
];

/** Aliases, from IRC and from the first terminal client. @type {Record<string, string>} */
export const ALIASES = { part: "leave", exitroom: "leave", query: "msg", names: "who", commands: "help" };

const BY_NAME = new Map(COMMANDS.map((each) => [each.name, each]));

/** Finds a command by its name in any case; undefined when there is none. @param {string} name */
export function commandOf(name) {
  const key = name.toLowerCase();
  return BY_NAME.get(Object.hasOwn(ALIASES, key) ? ALIASES[key] : key);
}

/** Commands that a logged-in user does not need. */
const OF_THE_DOOR = ["register", "redeem", "login"];

/** Commands with a prefix; none for a complete name, which Enter calls. @param {string} prefix */
export function commandsLike(prefix) {
  return commandOf(prefix)
    ? []
    : COMMANDS.filter(({ name }) => name.startsWith(prefix.toLowerCase()) && !OF_THE_DOOR.includes(name));
}

/** True for the name of a command that takes no password. @param {string} name */
export const isHarmless = (name) => commandOf(name)?.takesPassword === false;

/**
 * Runs the command that a text calls.
 *
 * @param {import("./command.js").Place} place
 * @param {import("../slash.js").Called} called
 * @returns {Promise<import("./command.js").Answer | void>}
 * @throws {CommandError | import("../../parlance-client/index.js").ParlanceError}
 */
export async function run(place, { name, typed }) {
  const found = requireCommand(name);
  return found.act(place, new Words(found, typed));
}

/** Usage of the command that a text calls; null for any other text. @param {string} text */
export function usageIn(text) {
  const slash = readSlash(text);
  const found = slash?.kind === "command" ? commandOf(slash.name) : undefined;
  return found === undefined ? null : explanation(found);
}

/** @param {import("./command.js").Command} given */
const explanation = ({ usage, summary, example }) => ({
  text: usage,
  rows: [{ label: summary, detail: say("example", { example }) }],
});

/** @param {string} name */
function requireCommand(name) {
  const found = commandOf(name);
  if (!found) {
    throw new CommandError(say("unknown", { name: shortened(name) }));
  }
  return found;
}
