import { openSearch } from "./search-button.js";
import { calledBy } from "./keys.js";
import { actionsOf } from "./message-tools.js";
import { goToPart } from "./parts.js";
import { mayPost } from "../model/rights.js";
import { isUnread } from "../model/room-preferences.js";

/** Keys that work everywhere. @type {import("./keys.js").Key[]} */
export const ANYWHERE = [
  { name: "find", press: ["Mod+K"], act: (chat) => chat.ask({ kind: "find" }) },
  { name: "search", press: ["Mod+Shift+F"], act: (chat) => openSearch(chat) },
  { name: "previous-room", press: ["Alt+ArrowUp"], act: (chat) => neighbour(chat, -1, false) },
  { name: "next-room", press: ["Alt+ArrowDown"], act: (chat) => neighbour(chat, 1, false) },
  { name: "previous-unread", press: ["Alt+Shift+ArrowUp"], act: (chat) => neighbour(chat, -1, true) },
  { name: "next-unread", press: ["Alt+Shift+ArrowDown"], act: (chat) => neighbour(chat, 1, true) },
  { name: "next-part", press: ["F6"], act: (chat) => goToPart(chat, 1) },
  { name: "previous-part", press: ["Shift+F6"], act: (chat) => goToPart(chat, -1) },
  { name: "close", press: ["Escape"], act: escape },
  { name: "help", press: ["Mod+/"], act: (chat) => chat.ask({ kind: "shortcuts" }) },
  { name: "help-by-sign", press: ["?"], act: (chat, key) => !isField(key.target) && chat.ask({ kind: "shortcuts" }) },
];

/** Keys of a focused message. @type {import("./keys.js").Key[]} */
export const ON_MESSAGE = [
  { name: "reply", press: ["R"], act: ({ chat, message }) => mayPost(chat.current) && chat.writing.reply(message) },
  {
    name: "react",
    press: ["+"],
    act: ({ chat, message, article }) => mayPost(chat.current) && chat.pickReaction(message, article),
  },
  { name: "thread", press: ["T"], act: action("open-thread") },
  { name: "edit", press: ["E"], act: action("edit") },
  { name: "pin", press: ["P"], act: action("pin") },
  { name: "unread", press: ["U"], act: action("mark-unread") },
  { name: "save", press: ["S"], act: action("save") },
  { name: "copy", press: ["C"], act: action("copy-text") },
  { name: "link", press: ["L"], act: action("copy-link") },
  { name: "delete", press: ["Delete"], act: action("delete") },
];

/**
 * Runs the action of a key.
 *
 * @returns {boolean} whether it calls something
 * @param {Page.Chat} chat
 * @param {KeyboardEvent} key
 */
export const onShortcut = (chat, key) => !chat.dialog && !chat.picking && (anywhere(chat, key) || onMessage(chat, key));

/** @param {Page.Chat} chat @param {KeyboardEvent} key */
function anywhere(chat, key) {
  const called = calledBy(ANYWHERE, key);
  return called !== undefined && called.act?.(chat, key) !== false;
}

/** Opens the previous or next room, cyclically. @param {Page.Chat} chat @param {number} step @param {boolean} unread */
function neighbour(chat, step, unread) {
  const rooms = chat.list.shown.filter((room) => !unread || isUnread(room) || room.roomId === chat.room);
  const at = rooms.findIndex((room) => room.roomId === chat.room);
  if (rooms.length > 0) {
    chat.open(rooms.at((Math.max(at, at < 0 && step > 0 ? -1 : 0) + step + rooms.length) % rooms.length)?.roomId ?? "");
  }
}

/** @param {Page.Chat} chat */
function escape(chat) {
  if (chat.panel) {
    chat.showPanel(null);
  } else if (chat.current) {
    void chat.timelines.of(/** @type {string} */ (chat.room)).latest();
    document.querySelector("[data-testid=draft]")?.focus();
  }
}

/** Runs the action of a key on the focused message. @param {Page.Chat} chat @param {KeyboardEvent} key */
function onMessage(chat, key) {
  const called = calledBy(ON_MESSAGE, key);
  const article = key.target;
  const message = called && messageOf(chat, article);
  return message !== undefined && called?.act?.({ chat, message, article }, key) !== false;
}

/**
 * Message of an element; undefined for a deleted one.
 *
 * @param {Page.Chat} chat
 * @param {HTMLElement} article
 */
export function messageOf(chat, article) {
  if (!chat.current || !article.matches?.(".messages article")) {
    return undefined;
  }
  const place = /** @type {[number, string]} */ ([Number(article.dataset.seq), article.dataset.stamp]);
  const message = chat.timelines.of(/** @type {string} */ (chat.room)).message(...place) ?? chat.thread?.message(...place);
  return message?.deleted ? undefined : (message ?? undefined);
}

/** Action that runs the menu entry with this name, if the menu has it. @param {string} testid */
function action(testid) {
  return (/** @type {{chat: Page.Chat, message: Page.Message}} */ { chat, message }) => {
    const found = actionsOf(chat, /** @type {Page.Room} */ (chat.current), message).find((each) => each.testid === testid);
    found?.act();
    return found !== undefined;
  };
}

/** @param {HTMLElement} element */
const isField = (element) => /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
