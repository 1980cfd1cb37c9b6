import { words } from "../words.js";

/** Words of the list of threads. */
export const say = words("threads", {
  title: "Threads",
  failed: "The threads could not be loaded.",
  none: "You follow no thread. Those that you begin or reply to, and those in which you are mentioned, come here by themselves.",
  older: "Older threads",
});
