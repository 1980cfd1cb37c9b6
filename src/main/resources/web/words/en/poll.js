import { words } from "../words.js";

/** Words of polls. */
export const say = words("poll", {
  poll: "Poll",
  option: "{option}, {votes}: {names}",
  optionAlone: "{option}, {votes}",
  votes: { one: "{count} vote", other: "{count} votes" },
  chooseOne: "Choose one answer",
  chooseAny: "Choose any number of answers",
  closed: "The poll is closed",
});
