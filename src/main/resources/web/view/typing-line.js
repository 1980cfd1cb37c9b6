import { html, useModels } from "./html.js";

/** Who is typing, on a line that is always there, so that nothing moves. */
export function TypingLine({ chat, room }) {
  useModels(chat.typing, chat.people);
  const names = chat.typing.in(room.roomId).map((user) => chat.people.name(user));
  return html`<p class="typing" data-testid="typing">${said(names)}</p>`;
}

function said(names) {
  switch (names.length) {
    case 0:
      return "";
    case 1:
      return `${names[0]} is typing …`;
    case 2:
      return `${names[0]} and ${names[1]} are typing …`;
    default:
      return "Several people are typing …";
  }
}
