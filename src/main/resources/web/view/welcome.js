import { html } from "./html.js";
import { Icon } from "./icons.js";
import { lineCommand } from "./line-command.js";

/** What is shown where a conversation would be: how to begin. */
export function Welcome({ chat }) {
  const { rooms } = chat;
  const none = rooms.loaded && rooms.mine.length + rooms.direct.length === 0;
  return html`<main class="talk welcome" data-testid="welcome">
    <div class="welcome-card">
      <img src="/mark.svg" alt="" width="56" height="56" />
      <h1>${none ? `Hello, ${chat.people.name(chat.user)}` : "Pick a room"}</h1>
      <p>
        ${none
          ? "You are in no room yet. Make the first one, or look at those that are open to you."
          : "Choose one on the left, or find another."}
      </p>
      <p class="row center">
        <button class="primary" data-testid="first-room" onClick=${() => chat.ask({ kind: "new-room" })}>
          <${Icon} name="plus" /> ${none ? "Make the first room" : "New room"}
        </button>
        <button class="secondary" data-testid="welcome-find" onClick=${() => chat.ask({ kind: "find" })}>
          <${Icon} name="find" /> Find rooms
        </button>
      </p>
      <p class="hint">The same from a terminal:</p>
      <pre class="line-hint" data-testid="line-hint"><code>${lineCommand(chat)}</code></pre>
    </div>
  </main>`;
}
