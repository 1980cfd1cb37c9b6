import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { MessageMenu } from "./message-menu.js";
import { onShortcut } from "./shortcuts.js";
import { followLists, onListKey } from "./tab-stops.js";

export { enterPart } from "./parts.js";

/** The help needs the tables of keys, which are in this chunk. */
export const loadHelp = () => import("./shortcuts-dialog.js");

/**
 * Keys of the whole page, lists as one tab stop, and menus of messages. Loaded with the first key or touch.
 *
 * @param {{chat: Page.Chat, missed: {keys: KeyboardEvent[], touches: TouchEvent[]}}} props `missed` has the keys and touches from before the load
 */
export function Keyboard({ chat, missed }) {
  const menuKeys = useRef(/** @type {(key: KeyboardEvent) => boolean} */ (() => false));
  useEffect(followLists, []);
  useEffect(() => {
    /** @param {KeyboardEvent} key */
    const act = (key) => onListKey(key) || onShortcut(chat, key) || menuKeys.current(key);
    /** @param {KeyboardEvent} key */
    const onKeyDown = (key) => {
      if (!key.defaultPrevented && act(key)) {
        key.preventDefault();
      }
    };
    missed.keys.splice(0).forEach(act);
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [chat]);
  return html`<${MessageMenu} chat=${chat} keys=${menuKeys} touches=${missed.touches} />`;
}
