import { words } from "../words.js";

/** Words of the tools of a message. */
export const say = words("tools", {
  actions: "Message actions",
  menu: "Menu of the message",
  moreActions: "More actions",
  reactWith: "React with {emoji}",
  reply: "Reply",
  replyInThread: "Reply in a thread",
  pin: "Pin",
  unpin: "Unpin",
  closePoll: "Close the poll",
  closeTitle: "Close this poll?",
  closeText: "Nobody can vote any more. A closed poll stays closed.",
  openThread: "Open the thread",
  markUnread: "Mark unread from here",
  saveMessage: "Save",
  unsave: "Remove from saved",
  copyText: "Copy the text",
  copyLink: "Copy a link",
  delete: "Delete",
  react: "Add a reaction",
  edit: "Edit",
  formatKeys: "{label} ({keys})",
});
