import { words } from "../words.js";

/** Words of threads and of the messages that a user keeps. */
export const say = words("threads", {
  title: "Threads",
  failed: "The threads could not be loaded.",
  none: "You follow no thread. Those that you begin or reply to, and those in which you are mentioned, come here by themselves.",
  older: "Older threads",
  messages: "Messages of the thread",
  oneFailed: "The thread could not be loaded.",
  alsoToRoom: "Also send to {room}",
  noReplies: "No replies yet",
  follow: "Follow",
  following: "Following",
  saved: "Saved messages",
  savedFailed: "Your saved messages could not be loaded.",
  savedNone: "You have saved nothing. Save a message from its menu to find it again; only you see your list.",
  olderSaved: "Older ones",
  remove: "Remove",
});
