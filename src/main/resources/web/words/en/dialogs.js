import { words } from "../words.js";

/** Words of the dialogs that have no words of their own. */
export const say = words("dialogs", {
  notLoaded: "Not loaded",
  deleteTitle: "Delete this message?",
  deleteText: "“{text}” will be gone for everybody, for good.",
  delete: "Delete",
  chooseEmoji: "Choose an emoji",
});
