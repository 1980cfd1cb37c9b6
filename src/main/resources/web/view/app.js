import { html, useModels } from "./html.js";
import { Door } from "./door.js";
import { lazy } from "./lazy.js";
import { Toasts } from "./toasts.js";

const Shell = lazy(() => import("./shell.js"));

/** The page: the door for who is not logged in, else the rooms and the conversation. */
export function App({ chat }) {
  useModels(chat);
  return html`
    ${chat.user ? html`<${Shell} key=${chat.user} chat=${chat} />` : html`<${Door} chat=${chat} />`}
    <${Toasts} toasts=${chat.toasts} />
  `;
}
