import { isShown } from "./panel-place.js";
import { mayPost } from "../model/rights.js";

/** @param {{screen: Page.Screen}} given */
const isAlone = ({ screen }) => screen.panes === 1;
/** @param {Page.Chat} chat */
const isTalkThere = (chat) => chat.current !== null && !(isAlone(chat) && (chat.view === "rooms" || isShown(chat)));

/**
 * Parts of the page in the order of F6.
 *
 * @type {{name: "rooms" | "messages" | "field" | "panel", isThere: (chat: Page.Chat) => boolean}[]}
 */
const PARTS = [
  { name: "rooms", isThere: (chat) => !isAlone(chat) || (chat.view === "rooms" && !isShown(chat)) },
  { name: "messages", isThere: isTalkThere },
  { name: "field", isThere: (chat) => isTalkThere(chat) && mayPost(/** @type {Page.Room} */ (chat.current)) },
  { name: "panel", isThere: isShown },
];

/**
 * The parts that are on the screen. @returns {{name: "rooms" | "messages" | "field" | "panel"}[]}
 * @param {Page.Chat} chat
 */
export const partsOf = (chat) => PARTS.filter(({ isThere }) => isThere(chat));
