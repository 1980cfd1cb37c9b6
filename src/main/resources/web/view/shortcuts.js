import { openSearch } from "./search-button.js";
import { actionsOf } from "./message-tools.js";
import { mayPost } from "../model/rights.js";
import { isUnread } from "../model/room-preferences.js";

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
  const rooms = chat.list.shown.filter((room) => !unread || isUnread(room) || room.roomId === chat.room);
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
  const place = [Number(article?.dataset.seq), article?.dataset.stamp];
  const message = chat.timelines.of(chat.room).message(...place) ?? chat.thread?.message(...place);
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
