import { command } from "./command.js";
import { findMessage } from "./named-message.js";
import { say } from "../../words/en/commands.js";

/** Commands for threads, and for following them. */
export const THREAD_COMMANDS = [
  command("thread MESSAGE", "/thread 12", async (place, words) =>
    place.chat.showThread(await findMessage(place, words.message(), false)),
  ),
  command("threads", "/threads", ({ chat }) => chat.ask({ kind: "threads" })),
  command("follow MESSAGE", "/follow 12", (place, words) => follow(place, words, true)),
  command("unfollow MESSAGE", "/unfollow 12", (place, words) => follow(place, words, false)),
];

/** @param {import("./command.js").Place} place @param {import("./words.js").Words} words @param {boolean} following */
async function follow(place, words, following) {
  const { seq, thread = seq } = await findMessage(place, words.message(), false);
  await place.chat.threads.follow(place.room.roomId, thread, following);
  return { text: following ? say("follows") : say("followsNot") };
}
