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
  newPoll: "New poll",
  question: "Question",
  answer: "Answer {number}",
  addAnswer: "Add an answer",
  multiple: "Everybody may choose several answers",
  post: "Post the poll",
  tooFew: "Write at least two answers.",
  twice: "An answer is given twice.",
});
