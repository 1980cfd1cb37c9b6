import { useEffect } from "preact/hooks";
import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, memo, useValue } from "./html.js";
import { Dialogs } from "./dialogs.js";
import { lazy } from "./lazy.js";
import { Opening } from "./opening.js";
import { isShown, keyOf } from "./panel-place.js";
import { Sidebar } from "./sidebar.js";
import { Welcome } from "./welcome.js";
import { listenToKeys } from "./shortcuts.js";

const OpenRoom = lazy(() => import("./open-room.js"), null, Opening);
/** Of the same chunk, since what panels show is mostly messages. */
const OpenPanel = lazy(() => import("./open-room.js").then(({ PanelOf }) => ({ default: PanelOf })));

/** Rooms, conversation and what is beside it: next to each other as far as the screen is wide; and a dialog over them. */
export default function Shell({ chat }) {
  const { rooms, screen } = chat;
  const [isKnown, room, isPanelOpen, view, panes] = useValue(
    () => [chat.current !== null, chat.room, isShown(chat), chat.view, screen.panes], chat, rooms, screen);
  useEffect(() => listenToKeys(chat), [chat]);
  return html`
    <div class="shell" data-view=${isPanelOpen ? "panel" : view} data-panel=${isPanelOpen ? "open" : "none"}>
      <${Boundary} instead=${instead}><${Sidebar} chat=${chat} /><//>
      ${isKnown
        ? html`<${OpenRoom} chat=${chat} />`
        : room !== null
          ? html`<${Opening} />`
          : panes > 1 && html`<${Welcome} chat=${chat} />`}
      <${Beside} chat=${chat} />
    </div>
    <${OverAll} chat=${chat} />
  `;
}

/** The panel that is open. */
const Beside = memo(function Beside({ chat }) {
  const [room, panel, id] = useValue(() => [chat.current, isShown(chat) ? chat.panel : null, chat.room], chat, chat.rooms);
  return panel && html`<${Boundary} key=${keyOf(panel, id)} instead=${instead}><${OpenPanel} chat=${chat} room=${room} panel=${panel} /><//>`;
});

/** Dialog and emoji picker; a dialog may show anything of the rooms. */
const OverAll = memo(function OverAll({ chat }) {
  const { rooms, screen } = chat;
  useValue(() => [chat.version, screen.version, chat.dialog && rooms.version], chat, screen, rooms);
  return html`<${Boundary} of=${chat.dialog ?? chat.picking} instead=${() => null}><${Dialogs} chat=${chat} /><//>`;
});
