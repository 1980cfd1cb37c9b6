import { command } from "./command.js";
import { findMessage } from "./named-message.js";

/** Commands for the user's saved messages. */
export const SAVED_COMMANDS = [
  command("save MESSAGE", "keep a message in your own list", "/save 12", (place, words) => save(place, words, true)),
  command("unsave MESSAGE", "keep it no longer", "/unsave 12", (place, words) => save(place, words, false)),
  command("saved", "list the messages that you keep, the newest ones first", "/saved", ({ chat }) => chat.ask({ kind: "saved" })),
];

/** @param {import("./command.js").Place} place @param {import("./words.js").Words} words @param {boolean} isKept */
async function save(place, words, isKept) {
  const { chat, room } = place;
  await chat.saved.save(room.roomId, await findMessage(place, words.message(), false), isKept);
  return { text: isKept ? "The message is saved." : "The message is not saved any more." };
}
