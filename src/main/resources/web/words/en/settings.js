import { words } from "../words.js";

/** Words of the panel of a room's settings. */
export const say = words("settings", {
  title: "Settings of the room",
  name: "Name",
  topic: "Topic",
  description: "Description",
  saved: "Saved.",
  fixed: "Owners and admins can change these.",
  private: "A private room: only those who are invited know of it. Its id is {id}.",
  public: "A public room: everybody can find and join it. Its id is {id}.",
  leave: "Leave",
  leaveWhat: "Leave {room}?",
  leavePrivate: "Only an invitation brings you back.",
  leavePublic: "You can join again.",
  archive: "Archive",
  unarchive: "Take out of the archive",
  archiveWhat: "Archive {room}?",
  archiveText: "It can be read, and nothing is said or changed in it any more, until an owner takes it out again.",
});
