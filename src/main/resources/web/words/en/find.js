import { words } from "../words.js";

/** Words of the quick switcher. */
export const say = words("find", {
  title: "Find a room or person",
  placeholder: "A room, a person, or what to open",
  found: "Found",
  unread: "Unread",
  nothing: "Nothing is called so.",
  archived: "Archived",
  open: "Open to join",
  make: "Make the room “{name}”",
  search: "Search the messages",
  pins: "Pinned messages",
  newPoll: "New poll",
  members: "Members",
  settings: "Room settings",
  logOut: "Log out",
});
