import { Chat } from "../model/chat.js";
import { html, useValue } from "./html.js";
import { Shell } from "./shell.js";
import { Surroundings } from "./surroundings.js";

export { wordFailure } from "../model/failure-text.js";
export { Toasts } from "./toasts.js";

/** Creates the chat, if this page has none yet. @param {Page.Entrance} entrance */
export const begin = (entrance) => entrance.begin(Chat);

/** The page of a logged-in user: the chat and its rooms. @param {{entrance: Page.Entrance}} properties */
export default function Inside({ entrance }) {
  const chat = begin(entrance);
  const user = useValue(() => chat.user, chat);
  return user && html`<${Surroundings} chat=${chat}><${Shell} chat=${chat} /><//>`;
}

/** The chat beside the sign-in form, without a view. @param {{entrance: Page.Entrance}} properties */
export function Errands({ entrance }) {
  begin(entrance);
  return null;
}
