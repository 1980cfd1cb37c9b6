import { useEffect, useRef } from "preact/hooks";

const LONG_PRESS_MS = 500;
/** Distance beyond which a moving finger scrolls. */
const STILL_PX = 10;

/**
 * Long press of one finger anywhere in the page: for browsers without a context menu on touch, and instead of it in
 * others. The press is no click.
 *
 * @param {(target: Element) => boolean} pressed true when the press had an effect
 * @param {TouchEvent[]} before touches from before the load, such as a press that continues
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
        // Without this a click follows, on the element that is now under the finger.
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
  entries.forEach(([type, handler]) =>
    document.addEventListener(type, handler, { passive: type !== "touchend" && type !== "contextmenu" }),
  );
  return () => {
    stop();
    entries.forEach(([type, handler]) => document.removeEventListener(type, handler));
  };
}
