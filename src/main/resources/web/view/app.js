import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, useModels } from "./html.js";
import { Door } from "./door.js";
import { lazy } from "./lazy.js";
import { Toasts } from "./toasts.js";

const Shell = lazy(() => import("./shell.js"));

/** The page: the door for who is not logged in, else the rooms and the conversation. */
export function App({ chat }) {
  useModels(chat);
  return html`
    <${Boundary} key=${`page-${chat.user}`} instead=${instead}>
      ${chat.user ? html`<${Shell} chat=${chat} />` : html`<${Door} chat=${chat} />`}
    <//>
    <${Toasts} toasts=${chat.toasts} />
  `;
}
