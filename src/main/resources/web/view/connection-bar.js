import { useEffect, useLayoutEffect, useReducer } from "preact/hooks";
import { AgeNote } from "./age-note.js";
import { html, memo, useValue } from "./html.js";
import { StorageNote } from "./storage-note.js";
import { say } from "../words/en/shell.js";

const REDRAW_MS = 250;

/**
 * State of the connection in a word. Attempts continue while the browser reports no network, because it may be wrong.
 *
 * @param {Page.Client} given
 */
export function connectionState({ state }) {
  return state === "online" ? say("connected") : navigator.onLine ? say("connecting") : say("offline");
}

/** Bar over a conversation without a connection: time until the next attempt, and the fate of new messages. */
export const ConnectionBar = memo(function ConnectionBar(/** @type {{chat: Page.Chat}} */ { chat }) {
  const { client } = chat;
  useValue(() => [client.state, chat.isKept, navigator.onLine], chat);
  const connected = client.state === "online";
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    const timer = connected ? undefined : setInterval(redraw, REDRAW_MS);
    return () => clearInterval(timer);
  }, [connected]);
  const isShown = !connected || !chat.isKept;
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.toggleAttribute("data-noted", isShown);
    return () => root.removeAttribute("data-noted");
  }, [isShown]);
  return html`<div class="connection" role="status" data-state=${client.state} data-testid="connection">
    <${StorageNote} chat=${chat} />
    ${
      !connected &&
      html`<p>
      <strong>${navigator.onLine ? say("connectingBar") : say("offline")}<span aria-hidden="true">${nextTry(client)}</span></strong>
      ${" "}<${AgeNote} chat=${chat} />
      ${" "}${chat.isKept ? say("keeps") : say("keepsHere")}
      <button class="link" data-testid="try-now" onClick=${() => client.connect()}>${say("tryNow")}</button>
    </p>`
    }
  </div>`;
});

/** Hidden from screen readers, which would read it every second. @param {Page.Client} given */
function nextTry({ nextTryInMs }) {
  return nextTryInMs === null ? " …" : say("nextTry", { seconds: Math.max(1, Math.ceil(nextTryInMs / 1000)) });
}
