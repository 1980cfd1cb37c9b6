import { useEffect, useRef } from "preact/hooks";

const LONG_PRESS_MS = 500;
/** A finger that moves farther scrolls. */
const STILL_PX = 10;

/**
 * A long press of one finger anywhere in the page, for browsers that have no context menu on touch, and in place of it where they
 * have one. The press is no click.
 *
 * @param {(target: Element) => boolean} pressed whether the press has done something
 * @param {TouchEvent[]} before touches from before this listened, such as a press that goes on
 */
export function useLongPress(pressed, before) {
  const latest = useRef(pressed);
  latest.current = pressed;
  useEffect(() => listen((target) => latest.current(target), before.splice(0)), []);
}

/** @param {(target: Element) => boolean} pressed @param {TouchEvent[]} before */
function listen(pressed, before) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let from = { x: 0, y: 0 };
  let isLong = false;
  const stop = () => clearTimeout(timer);
  /** @type {Record<string, (event: any) => void>} events of the types that are the names */
  const handlers = {
    touchstart: ({ target, touches }) => {
      stop();
      isLong = false;
      if (touches.length === 1) {
        from = { x: touches[0].clientX, y: touches[0].clientY };
        timer = setTimeout(() => (isLong = pressed(target)), LONG_PRESS_MS);
      }
    },
    touchmove: ({ touches: [{ clientX, clientY }] }) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) {
        stop();
      }
    },
    touchend: (event) => {
      stop();
      if (isLong) {
        // Else a click follows, at what is now under the finger.
        event.preventDefault();
      }
    },
    touchcancel: stop,
    contextmenu: (event) => {
      if (event.pointerType === "touch" && (isLong || pressed(event.target))) {
        stop();
        isLong = true;
        event.preventDefault();
      }
    },
  };
  before.forEach((touch) => handlers[touch.type](touch));
  const entries = Object.entries(handlers);
  entries.forEach(([type, handler]) => document.addEventListener(type, handler, { passive: type !== "touchend" && type !== "contextmenu" }));
  return () => {
    stop();
    entries.forEach(([type, handler]) => document.removeEventListener(type, handler));
  };
}
