import { useState } from "preact/hooks";
import { html } from "./html.js";
import { calledBy } from "./keys.js";
import { MESSAGE_MENU_KEYS } from "./list-keys.js";
import { lazy } from "./lazy.js";
import { useLongPress } from "./long-press.js";
import { QUICK, actionsOf } from "./message-tools.js";
import { messageOf } from "./shortcuts.js";
import { isInRoom } from "../model/history-page.js";
import { mayPost } from "../model/rights.js";
import { say } from "../words/en/tools.js";

const PopupMenu = lazy(() => import("./popup-menu.js"), ({ children }) => html`<div class="menu popup">${children}</div>`);

/** What of a message has a menu of the browser, or a text that is selected part by part. */
const OWN_MENU = "a, pre, input, textarea";

/**
 * The menu of a message by a long press or by the key for it: all that its tools offer to a pointer.
 *
 * @param {{chat: Page.Chat, keys: {current: (key: KeyboardEvent) => boolean}, touches: TouchEvent[]}} props `keys` gets what acts on a key, `touches` were before this was there
 */
export function MessageMenu({ chat, keys, touches }) {
  const [menu, setMenu] = useState(/** @type {{message: Page.Message, anchor: Page.Anchor, article: HTMLElement} | null} */ (null));
  /** @param {Element} target */
  const open = (target) => {
    const article = target.closest?.(OWN_MENU) ? null : target.closest?.(".messages article");
    const message = article && messageOf(chat, article);
    if (message) {
      setMenu({ article, message, anchor: article.getBoundingClientRect() });
    }
    return message !== undefined && message !== null;
  };
  useLongPress(open, touches);
  keys.current = (key) => calledBy(MESSAGE_MENU_KEYS, key) !== undefined && key.target.matches?.(".messages article") && open(key.target);
  if (menu === null || !chat.current) {
    return null;
  }
  const { article, message, anchor } = menu;
  return html`<section aria-label=${say("menu")}>
    <${PopupMenu}
      key=${message.stamp}
      label=${say("actions")}
      anchor=${anchor}
      opener=${article}
      items=${itemsOf(chat, message, article)}
      close=${() => setMenu(null)}
    />
  </section>`;
}

/** @param {Page.Chat} chat @param {Page.Message} message @param {HTMLElement} article */
function itemsOf(chat, message, article) {
  const room = /** @type {Page.Room} */ (chat.current);
  const inThread = article.closest(".panel") !== null;
  const talk = [
    ...QUICK.map((emoji) => ({ sign: emoji, label: say("reactWith", { emoji }), testid: `menu-quick-${emoji}`, act: () => chat.writing.react(room.roomId, message, emoji) })),
    { icon: "smile", label: say("react"), testid: "menu-react", act: () => chat.pickReaction(message, article) },
    !inThread && isInRoom(message) && { icon: "reply", label: say("reply"), testid: "menu-reply", act: () => chat.writing.reply(message) },
  ];
  return [...(mayPost(room) ? talk.filter(Boolean) : []), ...actionsOf(chat, room, message)];
}
