import { html } from "./html.js";
import { Icon } from "./icons.js";

/** Opens the search of messages, with or without an open room. */
export function SearchButton({ chat }) {
  return html`<div class="side-search">
    <button class="search-button" data-testid="search-messages" title="Search messages (Ctrl+Shift+F)" onClick=${() => openSearch(chat)}>
      <${Icon} name="find" /><span>Search messages</span>
    </button>
  </div>`;
}

/** Opens the search, or goes to its field. */
export function openSearch(chat) {
  if (chat.panel?.kind === "search") {
    document.querySelector("[data-testid=search-text]")?.focus();
  } else {
    chat.showPanel({ kind: "search" });
  }
}
