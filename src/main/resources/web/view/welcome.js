import { html, useValue } from "./html.js";
import { Icon } from "./icons.js";
import { lineCommand } from "./line-command.js";
import { say } from "../words/en/shell.js";

/** View in the place of a conversation, when no room is open. @param {{chat: Page.Chat}} properties */
export function Welcome({ chat }) {
  return html`<main class="talk welcome" data-testid="welcome"><${WelcomeCard} chat=${chat} /></main>`;
}

/** First steps, for a user without rooms. @param {{chat: Page.Chat, heading?: string}} properties */
export function WelcomeCard({ chat, heading = "h1" }) {
  const [none, name] = useValue(() => [chat.rooms.none, chat.people.name(chat.user)], chat.rooms, chat.people);
  return html`<div class="welcome-card" data-testid="welcome-card">
    <img src="/mark.svg" alt="" width="56" height="56" />
    <${heading}>${none ? say("hello", { name }) : say("pick")}<//>
    <p>
      ${none ? say("helloText") : say("pickText")}
    </p>
    <p class="row center">
      <button class="primary" data-testid="first-room" onClick=${() => chat.ask({ kind: "new-room" })}>
        <${Icon} name="plus" /> ${none ? say("firstRoom") : say("newRoom")}
      </button>
      <button class="secondary" data-testid="welcome-find" onClick=${() => chat.ask({ kind: "find" })}>
        <${Icon} name="compass" /> ${say("findRooms")}
      </button>
    </p>
    <p class="hint">${say("terminal")}</p>
    <pre class="line-hint" dir="ltr" data-testid="line-hint"><code>${lineCommand(chat.origin)}</code></pre>
  </div>`;
}
