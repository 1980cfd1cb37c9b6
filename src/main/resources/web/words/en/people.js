import { words } from "../words.js";

/** Words of the fields and dialogs with names of people. */
export const say = words("people", {
  people: "People",
  nameOrId: "Name or user id",
  namesOrIds: "Names or user ids",
  nobody: "Nobody is called “{name}”. Pick somebody from the list that appears while you type.",
  several: "Several people are called “{name}”. Pick one from the list that appears while you type.",
  to: "To",
  toHint: "Only the two of you see what is said.",
  open: "Open",
  name: "Name",
  namePlaceholder: "The garden",
  id: "Id",
  idHint: "In links and commands; it stays as it is.",
  idRule: "a-z, 0-9, dash and underscore",
  idPlaceholder: "the-garden",
  topic: "Topic",
  topicPlaceholder: "What it is about",
  members: "Members",
  membersHint: "With spaces or commas between them.",
  visibility: "Who may see it",
  public: "Public",
  publicHint: "Everybody can find and join it.",
  private: "Private",
  privateHint: "Only those who are invited know of it.",
  create: "Create the room",
});
