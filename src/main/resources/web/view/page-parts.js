import { isShown } from "./panel-place.js";
import { mayPost } from "../model/rights.js";

const isAlone = ({ screen }) => screen.panes === 1;
const isTalkThere = (chat) => chat.current !== null && !(isAlone(chat) && (chat.view === "rooms" || isShown(chat)));

/** Parts of the page in the order of F6. */
const PARTS = [
  { name: "rooms", isThere: (chat) => !isAlone(chat) || (chat.view === "rooms" && !isShown(chat)) },
  { name: "messages", isThere: isTalkThere },
  { name: "field", isThere: (chat) => isTalkThere(chat) && mayPost(chat.current) },
  { name: "panel", isThere: isShown },
];

/** The parts that are on the screen. @returns {{name: "rooms" | "messages" | "field" | "panel"}[]} */
export const partsOf = (chat) => PARTS.filter(({ isThere }) => isThere(chat));
