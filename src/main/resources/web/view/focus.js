import { createContext } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";

/** Entries of the browser's history, for dialogs, pickers and menus. */
export const PlacesContext = createContext(/** @type {import("../model/places.js").Places | null} */ (null));

/** Selector of elements that can have the focus, also outside of the tab order. */
export const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]";

/**
 * Remembers the element that has the focus, or another one. It may be gone or hidden when the focus comes back: then its nearest
 * ancestor gets the focus. Of a tool of a message that is the message itself, for a deleted one has no tools, and those of others
 * are only drawn while the focus is in it.
 *
 * @param {Element | null} opener
 * @returns {() => void} gives the focus back, unless something else has got it
 */
export function rememberFocus(opener = focusedNow()) {
  /** @type {HTMLElement[]} */
  const path = [];
  const tools = opener?.closest("[role=toolbar]")?.closest("article");
  for (let element = tools ?? opener; element && element !== document.body; element = element.parentElement) {
    path.push(/** @type {HTMLElement} */ (element));
  }
  return () => {
    if (isLost() || tools?.contains(document.activeElement)) {
      path.find((element) => takesFocus(element));
    }
  };
}

/**
 * Element that had the focus last: browsers remove the focus from an element that is no longer drawn.
 *
 * @type {Element | null}
 */
let lastFocused = null;

/** Records the focus. @returns {() => void} ends it */
export function followFocus() {
  /** @param {FocusEvent} focused */
  const onFocusIn = (focused) => (lastFocused = focused.target);
  document.addEventListener("focusin", onFocusIn);
  return () => document.removeEventListener("focusin", onFocusIn);
}

const focusedNow = () => (isLost() ? lastFocused : document.activeElement);

/** True when an element is displayed. @param {Element} element */
export const isDrawn = (element) => element.getClientRects().length > 0;

/** True when no visible element has the focus. */
export const isLost = () =>
  document.activeElement === null || document.activeElement === document.body || !isDrawn(document.activeElement);

/** @param {HTMLElement} element @returns {boolean} true when it has the focus now */
function takesFocus(element) {
  if (element.isConnected && element.matches(FOCUSABLE)) {
    element.focus({ preventScroll: true });
  }
  return document.activeElement === element;
}

/**
 * Returns the focus when the component is removed. A modal dialog is closed first, because everything under it is
 * inert.
 *
 * @param {{current: HTMLElement | null}} element of the component
 * @param {{enter: () => void}} props `enter` moves the focus into it
 */
export function useFocusReturn(element, { enter }) {
  const giveBack = useRef(/** @type {(() => void) | null} */ (null));
  // During the first drawing, because a field in it may take the focus at once.
  giveBack.current ??= rememberFocus();
  useLayoutEffect(() => {
    enter();
    return () => {
      const had = element.current?.contains(document.activeElement);
      /** @type {HTMLDialogElement | null} */ (element.current)?.close?.();
      if (had && element.current?.contains(document.activeElement)) {
        document.activeElement?.blur();
      }
      giveBack.current?.();
    };
  }, []);
}

/** Lets Back on a phone close what covers the page. @param {boolean} isOpen @param {() => void} close */
export function useCover(isOpen, close) {
  const places = useContext(PlacesContext);
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => (isOpen ? places?.cover(() => latest.current()) : undefined), [isOpen, places]);
}

/** True when a control of the panel around an element has the focus: the user has begun something else there. @param {Element} element */
export function isPanelUsed(element) {
  const panel = element.closest(".panel");
  const focused = document.activeElement;
  return panel !== null && panel !== focused && panel.contains(focused);
}
