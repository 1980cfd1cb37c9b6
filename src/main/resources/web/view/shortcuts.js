import { openSearch } from "./search-button.js";
import { actionsOf } from "./message-tools.js";
import { mayPost } from "../model/rights.js";
import { isUnread } from "../model/rooms.js";

/** All shortcuts, as the page shows them. */
export const SHORTCUTS = [
  ["Anywhere", [
    ["Ctrl+K", "Find a room or person"],
    ["Ctrl+Shift+F", "Search the messages"],
    ["Alt+↑ / Alt+↓", "Previous or next room"],
    ["Alt+Shift+↑ / ↓", "Previous or next unread room"],
    ["Escape", "Close what is open; go to the newest message"],
    ["?", "This list"],
  ]],
  ["Searching", [
    ["↑ / ↓", "Previous or next message that was found"],
    ["Enter", "Go to the message"],
    ["Backspace", "Change the last filter, in an empty field"],
  ]],
  ["Writing", [
    ["Enter", "Send; a new line in a code block, and on a touch screen"],
    ["Ctrl+Enter", "Send, wherever the caret is"],
    ["Shift+Enter", "New line; a list or quote goes on"],
    ["@ and :", "Complete a name or an emoji"],
    ["/", "Call a command; // says a slash"],
    ["↑ in an empty field", "Edit your last message"],
    ["Shift+Tab", "Go to the messages"],
  ]],
  ["On a message", [
    ["↑ / ↓", "Previous or next message"],
    ["R", "Reply"],
    ["+", "React"],
    ["T", "Open the thread"],
    ["E", "Edit"],
    ["P", "Pin or unpin"],
    ["C / L", "Copy the text, or a link"],
    ["Delete", "Delete"],
  ]],
];

/** @returns {() => void} ends it */
export function listenToKeys(chat) {
  const onKeyDown = (key) => {
    if (!key.defaultPrevented && !chat.dialog && !chat.picking && (anywhere(chat, key) || onMessage(chat, key))) {
      key.preventDefault();
    }
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

function anywhere(chat, key) {
  const command = key.ctrlKey || key.metaKey;
  const letter = key.key.toLowerCase();
  if (command && !key.shiftKey && letter === "k") {
    chat.ask({ kind: "find" });
  } else if (command && key.shiftKey && letter === "f") {
    openSearch(chat);
  } else if (key.altKey && (key.key === "ArrowUp" || key.key === "ArrowDown")) {
    neighbour(chat, key.key === "ArrowUp" ? -1 : 1, key.shiftKey);
  } else if (key.key === "?" && !isField(key.target)) {
    chat.ask({ kind: "shortcuts" });
  } else if (key.key === "Escape") {
    escape(chat);
  } else {
    return false;
  }
  return true;
}

/** The room above or below, round the ends. */
function neighbour(chat, step, unread) {
  const all = [...chat.rooms.mine, ...chat.rooms.direct];
  const rooms = all.filter((room) => !unread || isUnread(room) || room.roomId === chat.room);
  const at = rooms.findIndex((room) => room.roomId === chat.room);
  if (rooms.length > 0) {
    chat.open(rooms.at((Math.max(at, at < 0 && step > 0 ? -1 : 0) + step + rooms.length) % rooms.length).roomId);
  }
}

function escape(chat) {
  if (chat.panel) {
    chat.showPanel(null);
    (document.querySelector("[data-testid=draft]") ?? document.querySelector("[data-testid=search-messages]"))?.focus();
  } else if (chat.current) {
    chat.timelines.of(chat.room).latest();
    document.querySelector("[data-testid=draft]")?.focus();
  }
}

/** Keys while a message or the list has the focus. */
function onMessage(chat, key) {
  const list = key.target.closest?.(".messages");
  if (!list || isField(key.target) || key.ctrlKey || key.metaKey || key.altKey || !chat.current) {
    return false;
  }
  const article = key.target.closest("article");
  if (key.key === "ArrowUp" || key.key === "ArrowDown") {
    return step(list, article, key.key === "ArrowUp");
  }
  const message = chat.timelines.of(chat.room).message(Number(article?.dataset.seq), article?.dataset.stamp);
  if (!message || message.deleted || key.target !== article) {
    return false;
  }
  if (key.key === "r" && mayPost(chat.current)) {
    chat.writing.reply(message);
  } else if (key.key === "+" && mayPost(chat.current)) {
    chat.pickReaction(message, article);
  } else {
    const action = actionsOf(chat, chat.current, message).find((each) => each.key === key.key);
    action?.act();
    return action !== undefined;
  }
  return true;
}

function step(list, article, up) {
  const all = [...list.querySelectorAll("article")];
  const at = article ? all.indexOf(article) + (up ? -1 : 1) : up ? all.length - 1 : 0;
  all[at]?.focus();
  return all[at] !== undefined;
}

const isField = (element) => /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
