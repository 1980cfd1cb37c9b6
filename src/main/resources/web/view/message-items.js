/** What the lists of messages have: messages, lines between them that do something, and notes with a button. */
export const MESSAGE_ITEMS = "article, .day-name, .notices-head, .list-note .link, .replies .link";
