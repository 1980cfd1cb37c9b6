import { words } from "../words.js";

/** Words of the dialog that jumps to a date. */
export const say = words("dates", {
  title: "Jump to a date",
  day: "Day",
  hint: "You come to the first message of that day, or of the next day with one.",
  go: "Go there",
});
