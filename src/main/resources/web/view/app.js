import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, useModels } from "./html.js";
import { Dialogs } from "./dialogs.js";
import { Door } from "./door.js";
import { Shell } from "./shell.js";
import { Toasts } from "./toasts.js";

/** The page: the door for who is not logged in, else the rooms and the conversation. */
export function App({ chat }) {
  useModels(chat);
  return html`
    <${Boundary} key=${`page-${chat.user}`} instead=${instead}>
      ${chat.user ? html`<${Shell} chat=${chat} />` : html`<${Door} chat=${chat} />`}
    <//>
    ${chat.user && html`<${Boundary} key="dialogs" of=${chat.dialog ?? chat.picking} instead=${() => null}><${Dialogs} chat=${chat} /><//>`}
    <${Toasts} toasts=${chat.toasts} />
  `;
}
