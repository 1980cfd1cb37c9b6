import { Boundary } from "./boundary.js";
import { Conversation } from "./conversation.js";
import { instead } from "./failed-part.js";
import { html, useValue } from "./html.js";
import { PanelOf } from "./panel.js";

/** The conversation of the room that is open, and the panel beside it. Markdown and its sanitizer are loaded with it. */
export default function OpenRoom({ chat }) {
  const [room, panel] = useValue(() => [chat.current, chat.panel], chat, chat.rooms);
  if (room === null) {
    return null;
  }
  return html`
    <${Boundary} key=${room.roomId} instead=${instead}><${Conversation} chat=${chat} room=${room} /><//>
    ${panel && html`<${PanelOf} key=${`${panel.kind}/${panel.seq ?? ""}/${panel.stamp ?? ""}/${room.roomId}`} chat=${chat} room=${room} panel=${panel} />`}
  `;
}
