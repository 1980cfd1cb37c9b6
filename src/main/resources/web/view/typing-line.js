import { html, useModels } from "./html.js";
import { say } from "../words/en/room.js";
import { listed } from "../words/words.js";

/**
 * Line of the users who are typing. It is always there, so that nothing moves.
 *
 * @param {{chat: Page.Chat, room: Page.Room}} properties
 */
export function TypingLine({ chat, room }) {
  useModels(chat.typing, chat.people);
  const names = chat.typing.in(room.roomId).map((user) => chat.people.name(user));
  return html`<p class="typing" data-testid="typing">${said(names)}</p>`;
}

/** Number of people who are named. */
const NAMED = 2;

/** @param {string[]} names */
function said(names) {
  if (names.length > NAMED) {
    return say("typingSeveral");
  }
  return names.length > 0 && say("typing", { count: names.length, names: listed(names) });
}
