import { Boundary } from "./boundary.js";
import { Conversation } from "./conversation.js";
import { instead } from "./failed-part.js";
import { html, useValue } from "./html.js";

export { PanelOf } from "./panel.js";

/** The list of saved messages shows messages, and so needs what is loaded with this. */
export const loadSaved = () => import("./saved-dialog.js");

/**
 * The conversation of the room that is open. Markdown and its sanitizer are loaded with it.
 *
 * @param {{chat: Page.Chat}} properties
 */
export default function OpenRoom({ chat }) {
  const room = useValue(() => chat.current, chat, chat.rooms);
  return room && html`<${Boundary} key=${room.roomId} instead=${instead}><${Conversation} chat=${chat} room=${room} /><//>`;
}
