import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, memo, useValue } from "./html.js";
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

/**
 * Rooms, conversation and what is beside it: next to each other as far as the screen is wide; and a dialog over them.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function Shell({ chat }) {
  const { rooms, screen } = chat;
  const [isKnown, room, isPanelOpen, view, panes] = useValue(
    () => [chat.current !== null, chat.room, isShown(chat), chat.view, screen.panes], chat, rooms, screen);
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
const Beside = memo(function Beside(/** @type {{chat: Page.Chat}} */ { chat }) {
  const [room, panel, id] = useValue(() => [chat.current, isShown(chat) ? chat.panel : null, chat.room], chat, chat.rooms);
  return panel && html`<${Boundary} key=${keyOf(panel, id)} instead=${instead}><${OpenPanel} chat=${chat} room=${room} panel=${panel} /><//>`;
});

/** Dialog and emoji picker; a dialog may show anything of the rooms and people. */
const OverAll = memo(function OverAll(/** @type {{chat: Page.Chat}} */ { chat }) {
  const { people, rooms, screen } = chat;
  useValue(
    () => [chat.version, screen.version, ...(chat.dialog ? [rooms.version, people.version] : [])], chat, people, rooms, screen);
  return html`<${Boundary} of=${chat.dialog ?? chat.picking} instead=${() => null}><${Dialogs} chat=${chat} /><//>`;
});
