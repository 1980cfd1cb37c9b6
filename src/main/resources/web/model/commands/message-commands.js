import { counted, lengthOf } from "../text-limit.js";
import { CommandError, command } from "./command.js";
import { emojiLike, emojiOf } from "./named-emoji.js";
import { findMessage } from "./named-message.js";

/** Commands that post messages and change them. */
export const MESSAGE_COMMANDS = [
  command("me TEXT...", "say what you do, in italics", "/me waters the tomatoes", ({ chat, room, thread }, words) => {
    const text = `_${words.text("TEXT")}_`;
    requireFits(chat, text);
    if (!chat.writing.send(room.roomId, text, { editing: null, thread })) {
      throw new CommandError("The message was not sent.");
    }
  }),
  onMessage("reply MESSAGE TEXT...", "answer a message, in its thread", "/reply 12 So do I", (place, target, words) => reply(place, target, words, {})),
  onMessage("answer MESSAGE TEXT...", "answer a message, in its thread and in the room", "/answer 12 So do I", (place, target, words) =>
    reply(place, target, words, { alsoToRoom: true }),
  ),
  onMessage("edit MESSAGE TEXT...", "change what you said", "/edit last I meant potatoes", ({ chat, room }, target, words) => {
    const text = words.text("TEXT");
    requireFits(chat, text);
    chat.client.send(room.roomId, "edit", { seq: target.seq, stamp: target.stamp, text });
  }),
  onMessage("delete MESSAGE", "delete what you said", "/delete 12", ({ chat, room }, target) =>
    chat.ask({ kind: "delete", room: room.roomId, message: target }),
  ),
  onMessage("react MESSAGE EMOJI", "put an emoji on a message", "/react 12 tada", (place, target, words) => react(place, target, words, {})),
  onMessage("unreact MESSAGE EMOJI", "take your emoji back", "/unreact 12 tada", (place, target, words) =>
    react(place, target, words, { remove: true }),
  ),
  command("emoji TEXT...", "find emoji by their names", "/emoji heart", (place, words) => emojiLike(words.name("TEXT"))),
  onMessage("pin MESSAGE", "keep a message in sight", "/pin 12", ({ chat, room }, { seq, stamp }) =>
    void chat.client.send(room.roomId, "pin", { seq, stamp }),
  ),
  onMessage("unpin MESSAGE", "pin it no longer", "/unpin 12", ({ chat, room }, { seq, stamp }) =>
    void chat.client.send(room.roomId, "pin", { seq, stamp, remove: true }),
  ),
];

/** @throws {CommandError} for a text that exceeds the server's limit */
export function requireFits(chat, text) {
  const { left, limit } = lengthOf(text, chat.client.limits);
  if (left < 0) {
    throw new CommandError(`The text is ${counted(-left)} too long. A message has at most ${counted(limit)}.`);
  }
}

/** A command about a message; `last` means the user's own newest one for commands that only the author may use. */
function onMessage(usage, summary, example, act) {
  const isOwn = /^(?:edit|delete) /.test(usage);
  return command(usage, summary, example, async (place, words) => {
    const target = await findMessage(place, words.message(), isOwn);
    return act(place, target, words);
  });
}

function reply({ chat, room }, { seq, stamp }, words, fields) {
  const text = words.text("TEXT");
  requireFits(chat, text);
  chat.client.send(room.roomId, "post", { text, replyTo: seq, stamp, ...fields });
}

async function react({ chat, room }, { seq, stamp }, words, fields) {
  const emoji = await emojiOf(words);
  chat.client.send(room.roomId, "react", { seq, stamp, emoji, ...fields });
}
