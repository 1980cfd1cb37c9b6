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

const PopupMenu = lazy(
  () => import("./popup-menu.js"),
  ({ children }) => html`<div class="menu popup">${children}</div>`,
);

/** Parts of a message that keep the browser's own menu, or whose text is selected in parts. */
const OWN_MENU = "a, pre, input, textarea";

/**
 * Menu of a message, opened by a long press or a key: the same actions as its tools.
 *
 * @param {{chat: Page.Chat, keys: {current: (key: KeyboardEvent) => boolean}, touches: TouchEvent[]}} props `keys` receives the key handler, `touches` are those from before the load
 */
export function MessageMenu({ chat, keys, touches }) {
  const [menu, setMenu] = useState(
    /** @type {{message: Page.Message, anchor: Page.Anchor, article: HTMLElement} | null} */ (null),
  );
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
  keys.current = (key) =>
    calledBy(MESSAGE_MENU_KEYS, key) !== undefined && key.target.matches?.(".messages article") && open(key.target);
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
    ...QUICK.map((emoji) => ({
      sign: emoji,
      label: say("reactWith", { emoji }),
      testid: `menu-quick-${emoji}`,
      act: () => chat.writing.react(room.roomId, message, emoji),
    })),
    { icon: "smile", label: say("react"), testid: "menu-react", act: () => chat.pickReaction(message, article) },
    !inThread &&
      isInRoom(message) && { icon: "reply", label: say("reply"), testid: "menu-reply", act: () => chat.writing.reply(message) },
  ];
  return [...(mayPost(room) ? talk.filter(Boolean) : []), ...actionsOf(chat, room, message)];
}
