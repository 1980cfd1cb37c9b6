import { words } from "../words.js";

/** Words of the list of messages that a user keeps. */
export const say = words("saved", {
  title: "Saved messages",
  failed: "Your saved messages could not be loaded.",
  none: "You have saved nothing. Save a message from its menu to find it again; only you see your list.",
  older: "Older ones",
  remove: "Remove",
});
