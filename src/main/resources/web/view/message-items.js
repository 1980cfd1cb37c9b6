/** Items of the lists of messages: messages, interactive lines between them, and notes with a button. */
export const MESSAGE_ITEMS = "article, .day-name, .notices-head, .list-note .link, .replies .link";
