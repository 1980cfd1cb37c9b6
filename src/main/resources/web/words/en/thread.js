import { words } from "../words.js";

/** Words of the panel of a thread. */
export const say = words("thread", {
  messages: "Messages of the thread",
  failed: "The thread could not be loaded.",
  alsoToRoom: "Also send to {room}",
  noReplies: "No replies yet",
  follow: "Follow",
  following: "Following",
});
