import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, useModels } from "./html.js";
import { Dialogs } from "./dialogs.js";
import { lazy, named } from "./lazy.js";
import { Opening } from "./opening.js";
import { isShown, keyOf } from "./panel-place.js";
import { Sidebar } from "./sidebar.js";
import { Welcome } from "./welcome.js";

const openRoom = () => import("./open-room.js");

const OpenRoom = lazy(openRoom, null, Opening);
/** Of the same chunk, since what panels show is mostly messages. */
const OpenPanel = lazy(named(openRoom, "PanelOf"));

/** Rooms, conversation and what is beside it: next to each other as far as the screen is wide; and a dialog over them. */
export function Shell({ chat }) {
  useModels(chat, chat.rooms, chat.screen);
  const { current, view } = chat;
  const panel = isShown(chat) ? chat.panel : null;
  return html`
    <div class="shell" data-view=${panel ? "panel" : view} data-panel=${panel ? "open" : "none"}>
      <${Boundary} instead=${instead}><${Sidebar} chat=${chat} /><//>
      ${current
        ? html`<${OpenRoom} chat=${chat} room=${current} />`
        : chat.room !== null
          ? html`<${Opening} />`
          : chat.screen.panes > 1 && html`<${Welcome} chat=${chat} />`}
      ${panel && html`<${Boundary} key=${keyOf(panel, chat.room)} instead=${instead}><${OpenPanel} chat=${chat} room=${current} panel=${panel} /><//>`}
    </div>
    <${Boundary} of=${chat.dialog ?? chat.picking} instead=${() => null}><${Dialogs} chat=${chat} /><//>
  `;
}
