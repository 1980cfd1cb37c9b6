import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, useValue } from "./html.js";
import { Door } from "./door.js";
import { lazy } from "./lazy.js";
import { Toasts } from "./toasts.js";

const Shell = lazy(() => import("./shell.js"));

/** The page: the door for who is not logged in, else the rooms and the conversation. */
export function App({ chat }) {
  const user = useValue(() => chat.user, chat);
  return html`
    <${Boundary} key=${`page-${user}`} instead=${instead}>
      ${user ? html`<${Shell} chat=${chat} />` : html`<${Door} chat=${chat} />`}
    <//>
    <${Toasts} toasts=${chat.toasts} />
  `;
}
