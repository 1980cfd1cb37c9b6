import { createContext } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";

/** Entries of the browser's history, for all that can cover the page. */
export const PlacesContext = createContext(/** @type {import("../model/places.js").Places | null} */ (null));

/** Elements that can have the focus; those out of the tab order too. */
export const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]";

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

/** The element that had the focus last: browsers take it from one that is not drawn any more. @type {Element | null} */
let lastFocused = null;

/** Follows the focus. @returns {() => void} ends it */
export function followFocus() {
  /** @param {FocusEvent} focused */
  const onFocusIn = (focused) => (lastFocused = focused.target);
  document.addEventListener("focusin", onFocusIn);
  return () => document.removeEventListener("focusin", onFocusIn);
}

const focusedNow = () => (isLost() ? lastFocused : document.activeElement);

/** Whether an element has a place on the page. @param {Element} element */
export const isDrawn = (element) => element.getClientRects().length > 0;

/** Whether nothing has the focus that somebody could see. */
export const isLost = () => document.activeElement === null || document.activeElement === document.body || !isDrawn(document.activeElement);

/** @param {HTMLElement} element @returns {boolean} whether it has the focus now */
function takesFocus(element) {
  if (element.isConnected && element.matches(FOCUSABLE)) {
    element.focus({ preventScroll: true });
  }
  return document.activeElement === element;
}

/**
 * Gives the focus back when the component is gone. A modal dialog is closed before that, for all else is inert under it.
 *
 * @param {{current: HTMLElement | null}} element of the component
 * @param {{enter: () => void}} props `enter` moves the focus into it
 */
export function useFocusReturn(element, { enter }) {
  const giveBack = useRef(/** @type {(() => void) | null} */ (null));
  // While it is drawn first: a field in it may have the focus as soon as it is there.
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
