import { command } from "./command.js";
import { findMessage } from "./named-message.js";
import { say } from "../../words/en/commands.js";

/** Commands for the user's saved messages. */
export const SAVED_COMMANDS = [
  command("save MESSAGE", "/save 12", (place, words) => save(place, words, true)),
  command("unsave MESSAGE", "/unsave 12", (place, words) => save(place, words, false)),
  command("saved", "/saved", ({ chat }) => chat.ask({ kind: "saved" })),
];

/** @param {import("./command.js").Place} place @param {import("./words.js").Words} words @param {boolean} isKept */
async function save(place, words, isKept) {
  const { chat, room } = place;
  await chat.saved.save(room.roomId, await findMessage(place, words.message(), false), isKept);
  return { text: isKept ? say("kept") : say("notKept") };
}
