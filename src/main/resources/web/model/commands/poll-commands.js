import { CommandError, command } from "./command.js";
import { requireFits, onMessage } from "./message-commands.js";
import { MIN_OPTIONS } from "../poll.js";
import { say } from "../../words/en/commands.js";

const NUMBERS = /^\d{1,2}(?:[\s,]+\d{1,2})*$/;

/** Commands of polls. */
export const POLL_COMMANDS = [
  command("poll [TEXT...]", "/poll What do we plant? | Beans | Peas", (place, words) => ask(place, words, false)),
  command("multipoll TEXT...", "/multipoll Which days? | Monday | Tuesday | Sunday", (place, words) => ask(place, words, true)),
  onMessage("vote MESSAGE ANSWER...", "/vote 12 2", ({ chat, room }, target, words) => {
    const options = chosen(target, words.text("ANSWER"));
    chat.client.send(room.roomId, "vote", { seq: target.seq, stamp: target.stamp, options });
  }),
  onMessage(
    "unvote MESSAGE",
    "/unvote 12",
    ({ chat, room }, { seq, stamp }) => void chat.client.send(room.roomId, "vote", { seq, stamp, options: [] }),
  ),
  onMessage(
    "close MESSAGE",
    "/close 12",
    ({ chat, room }, { seq, stamp }) => void chat.client.send(room.roomId, "close", { seq, stamp }),
  ),
];

/**
 * Posts a poll; without a text the dialog asks for it.
 *
 * @param {import("./command.js").Place} place
 * @param {Page.Words} words
 * @param {boolean} multiple
 */
function ask({ chat, room }, words, multiple) {
  const text = words.find("TEXT");
  if (text === undefined) {
    return chat.ask({ kind: "poll" });
  }
  const [question, ...options] = text.split("|").map((part) => part.trim());
  if (options.length < MIN_OPTIONS) {
    throw words.malformed(say("pollParts"));
  }
  requireFits(chat, question);
  return chat.writing.poll(room.roomId, question, options, multiple);
}

/**
 * Options by their numbers, or one by its text in any case.
 *
 * @param {Page.Message} message
 * @param {string} typed
 */
function chosen({ options }, typed) {
  if (!options) {
    throw new CommandError(say("noPoll"));
  }
  const named = options.find((option) => option.toLowerCase() === typed.toLowerCase());
  if (named !== undefined) {
    return [named];
  }
  const numbers = NUMBERS.test(typed) ? [...new Set(typed.split(/[\s,]+/).map(Number))] : [];
  if (numbers.length === 0 || numbers.some((number) => number < 1 || number > options.length)) {
    throw new CommandError(say("noAnswer", { typed }));
  }
  return numbers.map((number) => options[number - 1]);
}
