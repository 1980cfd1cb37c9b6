import { words } from "../words.js";

/** Words of the models: notices and questions. */
export const say = words("chat", {
  ended: "You were logged out. The session has expired, was ended on another device, or the password was changed.",
  kept: "What you had written and not sent is kept in this browser, and is there when you log in again.",
  notEnded:
    "You are logged out in this browser. The server could not be reached and still has the session: this page ends it as soon as there is a connection again.",
  endedLater: "The server has ended the session that you logged out of without a connection.",
  notThere: "The room’s history has changed. The message is not there any more.",
  saved: "Saved. Your list is under “Saved”.",
  unsaved: "Removed from your saved messages.",
  notCopied: "The browser does not allow it.",
  linkCopied: "The link is copied.",
  textCopied: "The text is copied.",
  logOutTitle: "Log out and delete what is not sent?",
  logOutText: "This browser keeps {what}. Logging out deletes it.",
  logOutAction: "Log out and delete",
  lostMessages: { one: "{count} message that is not sent", other: "{count} messages that are not sent" },
  lostChanges: { one: "{count} change that is not sent", other: "{count} changes that are not sent" },
  lostDrafts: { one: "{count} draft", other: "{count} drafts" },
  unkept: "This browser cannot keep what you write.",
  noRoom: "There is no such room, or it is not open to you.",
  nothingSince: "Nothing was said from that day on.",
  senderInRoom: "{name} in {room}",
  earlier: "an earlier message",
  historyChanged_post: "The room’s history has changed. Your reply was not sent, its text is kept as a draft.",
  historyChanged_edit: "The room’s history has changed. Your edit was not applied, its text is kept as a draft.",
  historyChanged_delete: "The room’s history has changed. The message was not deleted.",
  historyChanged_react: "The room’s history has changed. Your reaction was not applied.",
  historyChanged_pin: "The room’s history has changed. The message was not pinned or unpinned.",
  editFailed: "{failure} Your edit was not applied, its text is kept as a draft.",
  bytes: { one: "{count} byte", other: "{count} bytes" },
});
