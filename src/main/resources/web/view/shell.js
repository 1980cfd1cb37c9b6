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
/** In the same chunk, since panels mostly show messages. */
const OpenPanel = lazy(named(openRoom, "PanelOf"));

/**
 * Rooms, conversation and panel, side by side as far as the width of the screen allows; and a dialog over them.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function Shell({ chat }) {
  const { rooms, screen } = chat;
  const [isKnown, room, isPanelOpen, view, panes] = useValue(
    () => [chat.current !== null, chat.room, isShown(chat), chat.view, screen.panes],
    chat,
    rooms,
    screen,
  );
  return html`
    <div class="shell" data-view=${isPanelOpen ? "panel" : view} data-panel=${isPanelOpen ? "open" : "none"}>
      <${Boundary} instead=${instead}><${Sidebar} chat=${chat} /><//>
      ${
        isKnown
          ? html`<${OpenRoom} chat=${chat} />`
          : room !== null
            ? html`<${Opening} />`
            : panes > 1 && html`<${Welcome} chat=${chat} />`
      }
      <${Beside} chat=${chat} />
    </div>
    <${OverAll} chat=${chat} />
  `;
}

/** The open panel. */
const Beside = memo(function Beside(/** @type {{chat: Page.Chat}} */ { chat }) {
  const [room, panel, id] = useValue(() => [chat.current, isShown(chat) ? chat.panel : null, chat.room], chat, chat.rooms);
  return (
    panel &&
    html`<${Boundary} key=${keyOf(panel, id)} instead=${instead}><${OpenPanel} chat=${chat} room=${room} panel=${panel} /><//>`
  );
});

/** Dialog and emoji picker. They depend on all models, because a dialog may show any room or person. */
const OverAll = memo(function OverAll(/** @type {{chat: Page.Chat}} */ { chat }) {
  const { people, rooms, screen } = chat;
  useValue(
    () => [chat.version, screen.version, ...(chat.dialog ? [rooms.version, people.version] : [])],
    chat,
    people,
    rooms,
    screen,
  );
  return html`<${Boundary} of=${chat.dialog ?? chat.picking} instead=${() => null}><${Dialogs} chat=${chat} /><//>`;
});
