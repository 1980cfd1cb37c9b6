import { words } from "../words.js";

/** Words of the dialog for a new poll. */
export const say = words("pollform", {
  newPoll: "New poll",
  question: "Question",
  answer: "Answer {number}",
  addAnswer: "Add an answer",
  multiple: "Everybody may choose several answers",
  post: "Post the poll",
  tooFew: "Write at least two answers.",
  twice: "An answer is given twice.",
});
