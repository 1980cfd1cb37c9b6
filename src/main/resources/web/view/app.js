import { html, useModels } from "./html.js";
import { Dialogs } from "./dialogs.js";
import { Door } from "./door.js";
import { Shell } from "./shell.js";
import { Toasts } from "./toasts.js";

/** The page: the door for who is not logged in, else the rooms and the conversation. */
export function App({ chat }) {
  useModels(chat);
  return html`
    ${chat.user ? html`<${Shell} key=${chat.user} chat=${chat} />` : html`<${Door} chat=${chat} />`}
    ${chat.user && html`<${Dialogs} chat=${chat} />`}
    <${Toasts} toasts=${chat.toasts} />
  `;
}
