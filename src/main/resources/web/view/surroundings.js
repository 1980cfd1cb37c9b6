import { useEffect, useRef, useState } from "preact/hooks";
import { PlacesContext, followFocus } from "./focus.js";
import { html, useValue } from "./html.js";
import { partsOf } from "./page-parts.js";
import { say } from "../words/en/shell.js";

/** Delay after which the code for keyboard and touch is loaded, unless a key or touch needs it earlier. */
const PREPARE_AFTER_MS = 5_000;

/** Limit of the keys that are kept until their handlers are loaded. */
const MAX_MISSED_KEYS = 32;
const TOUCHES = /** @type {const} */ (["touchstart", "touchmove", "touchend", "touchcancel"]);

const keyboard = () => import("./keyboard.js");

/**
 * Support of keyboard and touch around the page: entries of the history, and buttons that skip to its parts.
 *
 * @param {{chat: Page.Chat, children: Page.Children}} properties
 */
export function Surroundings({ chat, children }) {
  useEffect(followFocus, []);
  const { Keyboard, missed } = useKeyboard();
  return html`<${PlacesContext.Provider} value=${chat.places}>
    <${SkipButtons} chat=${chat} />
    ${children}
    ${Keyboard && html`<${Keyboard} chat=${chat} missed=${missed} />`}
  <//>`;
}

/**
 * Loads the handlers of keys and touches, and keeps the keys pressed before they are loaded. After a failed load the
 * next key retries.
 */
function useKeyboard() {
  const [loaded, setLoaded] = useState(/** @type {{Keyboard: any} | null} */ (null));
  const missed = useRef({ keys: /** @type {KeyboardEvent[]} */ ([]), touches: /** @type {TouchEvent[]} */ ([]) });
  useEffect(() => {
    if (loaded) {
      return undefined;
    }
    const load = () =>
      void keyboard().then(
        ({ Keyboard }) => setLoaded({ Keyboard }),
        () => (missed.current.keys.length = 0),
      );
    /** @param {KeyboardEvent} key */
    const onKeyDown = (key) => {
      if (!key.defaultPrevented && key.key !== "Tab" && missed.current.keys.length < MAX_MISSED_KEYS) {
        missed.current.keys.push(key);
        if (isTakenByBrowser(key)) {
          key.preventDefault();
        }
      }
      load();
    };
    /** @param {TouchEvent} touch */
    const onTouch = (touch) => {
      const { touches } = missed.current;
      if (touch.type === "touchstart") {
        // Only the last press can still become a long one.
        touches.length = 0;
      } else if (touches.at(-1)?.type === "touchmove") {
        touches.pop();
      }
      touches.push(touch);
      load();
    };
    const timer = setTimeout(load, PREPARE_AFTER_MS);
    document.addEventListener("keydown", onKeyDown);
    TOUCHES.forEach((type) => document.addEventListener(type, onTouch, { passive: true }));
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKeyDown);
      TOUCHES.forEach((type) => document.removeEventListener(type, onTouch));
    };
  }, [loaded]);
  return { Keyboard: loaded?.Keyboard, missed: missed.current };
}

/** Keys that browsers have a use for, too. @param {KeyboardEvent} given */
const isTakenByBrowser = ({ key, ctrlKey, metaKey, shiftKey }) =>
  key === "F6" ||
  (key === "F10" && shiftKey) ||
  ((ctrlKey || metaKey) && (/^[k/]$/i.test(key) || (shiftKey && /^f$/i.test(key))));

/** Nothing happens where its module cannot be loaded; the next press tries again. @param {string} name */
const enter = (name) =>
  void keyboard().then(
    ({ enterPart }) => enterPart(name),
    () => {},
  );

/**
 * Seen as soon as the tab key reaches them. They are no links, for the part of an address after `#` names a room.
 *
 * @param {{chat: Page.Chat}} properties
 */
function SkipButtons({ chat }) {
  // Rights change with a room, and with them whether there is a field.
  useValue(
    () =>
      partsOf(chat)
        .map(({ name }) => name)
        .join(),
    chat,
    chat.rooms,
    chat.screen,
  );
  return html`<nav class="skip" aria-label=${say("skip")} data-testid="skip">
    <span class="unseen">Parlance</span>
    ${partsOf(chat).map(
      ({ name }) =>
        html`<button type="button" key=${name} data-testid=${`skip-${name}`} onClick=${() => enter(name)}>${say(/** @type {Parameters<typeof say>[0]} */ (`skip_${name}`))}</button>`,
    )}
  </nav>`;
}
