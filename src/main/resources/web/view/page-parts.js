import { isShown } from "./panel-place.js";
import { mayPost } from "../model/rights.js";

const isAlone = ({ screen }) => screen.panes === 1;
const isTalkThere = (chat) => chat.current !== null && !(isAlone(chat) && (chat.view === "rooms" || isShown(chat)));

/** Parts of the page in the order in which a key goes through them. */
const PARTS = [
  { name: "rooms", label: "Go to the rooms", isThere: (chat) => !isAlone(chat) || (chat.view === "rooms" && !isShown(chat)) },
  { name: "messages", label: "Go to the messages", isThere: isTalkThere },
  { name: "field", label: "Go to the field for a message", isThere: (chat) => isTalkThere(chat) && mayPost(chat.current) },
  { name: "panel", label: "Go to the panel", isThere: isShown },
];

/** The parts that are on the screen. @returns {{name: string, label: string}[]} */
export const partsOf = (chat) => PARTS.filter(({ isThere }) => isThere(chat));
