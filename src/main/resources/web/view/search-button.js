import { html } from "./html.js";
import { Icon } from "./icons.js";
import { say } from "../words/en/shell.js";

/** Opens the search of messages, with or without an open room. @param {{chat: Page.Chat}} properties */
export function SearchButton({ chat }) {
  return html`<div class="side-search">
    <button class="search-button" data-testid="search-messages" title=${say("withKeys", { label: say("search"), keys: "Ctrl+Shift+F" })} onClick=${() => openSearch(chat, { everywhere: true })}>
      <${Icon} name="find" /><span>${say("search")}</span>
    </button>
  </div>`;
}

/** Opens the search, in all rooms or in the open one, or focuses its field. @param {Page.Chat} chat */
export function openSearch(chat, { everywhere = false } = {}) {
  if (chat.panel?.kind === "search") {
    document.querySelector("[data-testid=search-text]")?.focus();
  } else {
    chat.showPanel({ kind: "search", everywhere });
  }
}
