import { bytes, lengthOf } from "../text-limit.js";
import { CommandError, command } from "./command.js";
import { emojiLike, emojiOf } from "./named-emoji.js";
import { findMessage } from "./named-message.js";
import { say } from "../../words/en/commands.js";

/** Commands that post messages and change them. */
export const MESSAGE_COMMANDS = [
  command("me TEXT...", "/me waters the tomatoes", ({ chat, room, thread }, words) => {
    const text = `_${words.text("TEXT")}_`;
    requireFits(chat, text);
    if (!chat.writing.send(room.roomId, text, { editing: null, thread })) {
      throw new CommandError(say("notSent"));
    }
  }),
  onMessage("reply MESSAGE TEXT...", "/reply 12 So do I", (place, target, words) => reply(place, target, words, {})),
  onMessage("answer MESSAGE TEXT...", "/answer 12 So do I", (place, target, words) =>
    reply(place, target, words, { alsoToRoom: true }),
  ),
  onMessage("edit MESSAGE TEXT...", "/edit last I meant potatoes", ({ chat, room }, target, words) => {
    const text = words.text("TEXT");
    requireFits(chat, text);
    chat.client.send(room.roomId, "edit", { seq: target.seq, stamp: target.stamp, text });
  }),
  onMessage("delete MESSAGE", "/delete 12", ({ chat, room }, target) =>
    chat.ask({ kind: "delete", room: room.roomId, message: target }),
  ),
  onMessage("react MESSAGE EMOJI", "/react 12 tada", (place, target, words) => react(place, target, words, {})),
  onMessage("unreact MESSAGE EMOJI", "/unreact 12 tada", (place, target, words) =>
    react(place, target, words, { removed: true }),
  ),
  command("emoji TEXT...", "/emoji heart", (_place, words) => emojiLike(words.name("TEXT"))),
  onMessage(
    "pin MESSAGE",
    "/pin 12",
    ({ chat, room }, { seq, stamp }) => void chat.client.send(room.roomId, "pin", { seq, stamp }),
  ),
  onMessage(
    "unpin MESSAGE",
    "/unpin 12",
    ({ chat, room }, { seq, stamp }) => void chat.client.send(room.roomId, "pin", { seq, stamp, removed: true }),
  ),
];

/** @throws {CommandError} for a text that exceeds the server's limit @param {Page.Chat} chat @param {string} text */
export function requireFits(chat, text) {
  const { left, limit } = lengthOf(text, chat.client.limits);
  if (left < 0) {
    throw new CommandError(say("tooLong", { over: bytes(-left), limit: bytes(limit) }));
  }
}

/**
 * A command about a message; `last` is the user's own for those that only its writer may change.
 *
 * @param {string} usage
 * @param {string} example
 * @param {(place: import("./command.js").Place, target: Page.Message, words: Page.Words) => ReturnType<import("./command.js").Command["act"]>} act
 */
export function onMessage(usage, example, act) {
  const isOwn = /^(?:edit|delete) /.test(usage);
  return command(usage, example, async (place, words) => {
    const target = await findMessage(place, words.message(), isOwn);
    return act(place, target, words);
  });
}

/**
 * @param {import("./command.js").Place} place
 * @param {Page.Message} target
 * @param {Page.Words} words
 * @param {Record<string, unknown>} fields
 */
function reply({ chat, room }, { seq, stamp }, words, fields) {
  const text = words.text("TEXT");
  requireFits(chat, text);
  chat.client.send(room.roomId, "post", { text, replyTo: seq, stamp, ...fields });
}

/**
 * @param {import("./command.js").Place} place
 * @param {Page.Message} target
 * @param {Page.Words} words
 * @param {Record<string, unknown>} fields
 */
async function react({ chat, room }, { seq, stamp }, words, fields) {
  const emoji = await emojiOf(words);
  chat.client.send(room.roomId, "react", { seq, stamp, emoji, ...fields });
}
