import { FOCUSABLE, isDrawn } from "./focus.js";
import { calledBy } from "./keys.js";
import { LIST_KEYS } from "./list-keys.js";

/**
 * Lists that are one tab stop each: elements whose `data-list` is a selector of their items. The tab key goes to the item that
 * had the focus last, then through what can be used in that item, and out of the list; the arrow keys go from item to item, and
 * from button to button of a toolbar in an item. What is in other items needs no attribute of its own for that, so that a list
 * of messages is not drawn again whenever the focus moves.
 */

/** Last focused element of each list. @type {WeakMap<Element, HTMLElement>} */
const lastFocused = new WeakMap();

/** Makes the tab key enter a list at its last focused item. @returns {() => void} ends it */
export function followLists() {
  let isTabbing = false;
  const onKeyDown = (/** @type {KeyboardEvent} */ key) => {
    isTabbing = key.key === "Tab";
    // The browser moves the focus right after this event.
    setTimeout(() => (isTabbing = false));
  };
  const onFocusIn = (/** @type {FocusEvent} */ { target, relatedTarget }) => {
    const list = listOf(target);
    if (!list) {
      return;
    }
    if (isTabbing && !(relatedTarget instanceof Node && list.contains(relatedTarget))) {
      enterList(list);
    } else if (itemOf(list, target)) {
      lastFocused.set(list, /** @type {HTMLElement} */ (target));
    }
  };
  document.addEventListener("keydown", onKeyDown, true);
  document.addEventListener("focusin", onFocusIn);
  return () => {
    document.removeEventListener("keydown", onKeyDown, true);
    document.removeEventListener("focusin", onFocusIn);
  };
}

/**
 * Puts the focus into the item of a list that had it last; else into the newest message, or the first item of another list.
 *
 * @param {HTMLElement} list
 */
export function enterList(list) {
  const before = lastFocused.get(list);
  const item = before?.isConnected ? itemOf(list, before) : itemsOf(list).at(list.matches(".messages") ? -1 : 0);
  mainOf(item)?.focus();
  return item !== undefined;
}

/** Moves the focus in a list. @param {KeyboardEvent} key @returns {boolean} whether the key has done so */
export function onListKey(key) {
  const list = listOf(key.target);
  if (!list) {
    return false;
  }
  switch (calledBy(LIST_KEYS, key)?.name) {
    case "inside":
      return tab(list, key.target, 1);
    case "back":
      return tab(list, key.target, -1);
    case "next":
      return !isField(key.target) && alongList(list, key.target, 1);
    case "previous":
      return !isField(key.target) && alongList(list, key.target, -1);
    case "right":
      return across(list, key.target, 1);
    case "left":
      return across(list, key.target, -1);
    default:
      return false;
  }
}

/** @param {HTMLElement} list @param {HTMLElement} from @param {number} way */
function alongList(list, from, way) {
  const items = itemsOf(list);
  const item = itemOf(list, from);
  const at = item ? items.indexOf(item) : way > 0 ? -1 : items.length;
  const to = items[at + way];
  mainOf(to)?.focus();
  return to !== undefined;
}

/**
 * Goes through a toolbar, or a list whose items stand beside each other. In a script from right to left the arrows change sides.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} from
 * @param {number} way
 */
function across(list, from, way) {
  const step = getComputedStyle(list).direction === "rtl" ? -way : way;
  const toolbar = from.closest("[role=toolbar]");
  if (!toolbar) {
    return list.matches(".chips") && alongList(list, from, step);
  }
  const buttons = [...toolbar.querySelectorAll("button:not([role^=menuitem])")].filter(isDrawn);
  buttons.at((buttons.indexOf(from) + step) % buttons.length)?.focus();
  return true;
}

/**
 * Goes on within the item, or lets the browser go on from the edge of the list. @returns {boolean} whether the focus is in the item
 * @param {HTMLElement} list
 * @param {HTMLElement} from
 * @param {number} way
 */
function tab(list, from, way) {
  const item = itemOf(list, from);
  if (!item && from !== list) {
    return false;
  }
  const next = item && from !== list ? nextStop(stopsOf(item), from, way) : undefined;
  if (next) {
    next.focus();
    return true;
  }
  leave(list, way);
  return false;
}

/**
 * The stop after an element or before it, which need not be a stop itself: one that scrolls may have the focus by a click.
 *
 * @param {HTMLElement[]} stops
 * @param {HTMLElement} from
 * @param {number} way
 */
function nextStop(stops, from, way) {
  const toolbar = from.closest("[role=toolbar]");
  const place = toolbar ?? from;
  const position = way > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const others = stops.filter(
    (stop) => stop !== from && !toolbar?.contains(stop) && (place.compareDocumentPosition(stop) & position) !== 0,
  );
  return others.at(way > 0 ? 0 : -1);
}

/**
 * Element at the edge of a list, from which the browser itself finds the next element for the tab key.
 *
 * @param {HTMLElement} list
 * @param {number} way
 */
function leave(list, way) {
  const edge = document.createElement("span");
  edge.tabIndex = -1;
  edge.className = "unseen";
  // From a new element within a `details` Chromium goes to the first one of that; a list ends its `details`.
  (way > 0 ? (list.closest("details") ?? list) : list)[way > 0 ? "after" : "before"](edge);
  edge.focus({ preventScroll: true });
  setTimeout(() => edge.remove());
}

/** @param {EventTarget | null} element */
const listOf = (element) => (element instanceof Element ? element.closest("[data-list]") : null);

/** @param {HTMLElement} list */
const itemsOf = (list) =>
  [...list.querySelectorAll(/** @type {string} */ (list.dataset.list))].filter((item) => isDrawn(item) && mainOf(item));

/** The innermost item around an element. @param {HTMLElement} list @param {Element} element */
function itemOf(list, element) {
  const item = element === list ? null : element.closest(/** @type {string} */ (list.dataset.list));
  return item && list.contains(item) ? item : undefined;
}

/** Element of an item that takes the focus. @param {HTMLElement | undefined} item */
function mainOf(item) {
  return item === undefined ? undefined : item.matches(FOCUSABLE) ? item : usableIn(item)[0];
}

/** @param {HTMLElement} item */
const usableIn = (item) => [...item.querySelectorAll(FOCUSABLE)].filter((element) => element.tabIndex >= 0 && isDrawn(element));

/**
 * An item, what can be used in it, and the first button of its toolbar, which has the others by the arrows.
 *
 * @param {HTMLElement} item
 */
function stopsOf(item) {
  const tool = [...item.querySelectorAll("[role=toolbar] button")].find(isDrawn);
  return [...(item.matches(FOCUSABLE) ? [item] : []), ...usableIn(item), ...(tool ? [tool] : [])];
}

/** @param {Element} element */
const isField = (element) => /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
