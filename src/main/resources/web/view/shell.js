import { useEffect } from "preact/hooks";
import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, memo, useValue } from "./html.js";
import { Dialogs } from "./dialogs.js";
import { lazy } from "./lazy.js";
import { Opening } from "./opening.js";
import { Sidebar } from "./sidebar.js";
import { Welcome } from "./welcome.js";
import { listenToKeys } from "./shortcuts.js";

const OpenRoom = lazy(() => import("./open-room.js"), null, Opening);

/** Rooms, conversation and what is beside it: next to each other as far as the screen is wide; and a dialog over them. */
export default function Shell({ chat }) {
  const { rooms, screen } = chat;
  const [isKnown, room, panel, view, panes] = useValue(
    () => [chat.current !== null, chat.room, chat.panel, chat.view, screen.panes], chat, rooms, screen);
  useEffect(() => listenToKeys(chat), [chat]);
  return html`
    <div class="shell" data-view=${panel && isKnown ? "panel" : view} data-panel=${panel && isKnown ? "open" : "none"}>
      <${Boundary} instead=${instead}><${Sidebar} chat=${chat} /><//>
      ${isKnown
        ? html`<${OpenRoom} chat=${chat} />`
        : room !== null
          ? html`<${Opening} />`
          : panes > 1 && html`<${Welcome} chat=${chat} />`}
    </div>
    <${OverAll} chat=${chat} />
  `;
}

/** Dialog and emoji picker; a dialog may show anything of the rooms. */
const OverAll = memo(function OverAll({ chat }) {
  const { rooms, screen } = chat;
  useValue(() => [chat.version, screen.version, chat.dialog && rooms.version], chat, screen, rooms);
  return html`<${Boundary} of=${chat.dialog ?? chat.picking} instead=${() => null}><${Dialogs} chat=${chat} /><//>`;
});
