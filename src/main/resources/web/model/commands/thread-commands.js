import { command } from "./command.js";
import { findMessage } from "./named-message.js";

/** Commands for threads, and for following them. */
export const THREAD_COMMANDS = [
  command("thread MESSAGE", "show the answers to a message", "/thread 12", async (place, words) =>
    place.chat.showThread(await findMessage(place, words.message(), false)),
  ),
  command("threads", "list the threads that you follow, those with unread answers first", "/threads", ({ chat }) => chat.ask({ kind: "threads" })),
  command("follow MESSAGE", "follow the thread of a message", "/follow 12", (place, words) => follow(place, words, true)),
  command("unfollow MESSAGE", "follow it no longer", "/unfollow 12", (place, words) => follow(place, words, false)),
];

/** @param {import("./command.js").Place} place @param {import("./words.js").Words} words @param {boolean} following */
async function follow(place, words, following) {
  const { seq, thread = seq } = await findMessage(place, words.message(), false);
  await place.chat.threads.follow(place.room.roomId, thread, following);
  return { text: following ? "You follow the thread." : "You do not follow the thread any more." };
}
