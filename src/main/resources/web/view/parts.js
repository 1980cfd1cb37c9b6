import { FOCUSABLE, isDrawn } from "./focus.js";
import { partsOf } from "./page-parts.js";
import { enterList } from "./tab-stops.js";

/** @type {Record<string, {place: string, enter: (place: HTMLElement) => void}>} */
const PARTS = {
  rooms: { place: ".side", enter: (place) => focusIn(place, ".room-list [tabindex='0']") },
  messages: { place: ".talk .messages", enter: (place) => enterList(place) || place.focus() },
  field: { place: ".talk .composer", enter: (place) => focusIn(place, "textarea") },
  panel: { place: ".panel", enter: (place) => focusIn(place, FOCUSABLE) },
};

/** Moves the focus to a part of the page, see `page-parts.js`. @param {string} name */
export function enterPart(name) {
  const place = placeOf(name);
  if (place) {
    PARTS[name].enter(place);
  }
}

/** Moves the focus to the next or previous visible part, cyclically. @param {Page.Chat} chat @param {1 | -1} step */
export function goToPart(chat, step) {
  const names = partsOf(chat).map(({ name }) => name);
  const at = names.findIndex((name) => placeOf(name)?.contains(document.activeElement));
  enterPart(names.at((at < 0 && step < 0 ? -1 : at + step) % names.length) ?? "rooms");
}

/** @param {string} name */
const placeOf = (name) => /** @type {HTMLElement | null} */ (document.querySelector(PARTS[name].place));

/** @param {HTMLElement} place @param {string} wanted */
function focusIn(place, wanted) {
  const element = [...place.querySelectorAll(wanted)].find(isDrawn);
  (element ?? place).focus();
}
