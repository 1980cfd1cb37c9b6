import { Boundary } from "./boundary.js";
import { Conversation } from "./conversation.js";
import { instead } from "./failed-part.js";
import { html, useValue } from "./html.js";

export { PanelOf } from "./panel.js";

/** The list of saved messages shows messages, and therefore needs this chunk. */
export const loadSaved = () => import("./saved-dialog.js");

/**
 * Conversation of the open room. Markdown and its sanitizer are in the same chunk.
 *
 * @param {{chat: Page.Chat}} properties
 */
export default function OpenRoom({ chat }) {
  const room = useValue(() => chat.current, chat, chat.rooms);
  return room && html`<${Boundary} key=${room.roomId} instead=${instead}><${Conversation} chat=${chat} room=${room} /><//>`;
}
