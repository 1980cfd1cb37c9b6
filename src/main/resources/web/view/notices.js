import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { Notice } from "./notice.js";
import { partsOf } from "../model/notice-groups.js";
import { exactTime } from "./time.js";

/** So many are named; of more, the others are counted. */
const NAMED = 2;

const DONE = {
  joined: (whom) => `${whom} joined`,
  left: (whom) => `${whom} left`,
  visited: (whom) => `${whom} joined and left`,
  declined: (whom) => `${whom} declined`,
};

const DONE_TO = {
  joined: (who, whom) => `${who} added ${whom}`,
  invited: (who, whom) => `${who} invited ${whom}`,
  declined: (who, whom) => `${who} took back the invitation of ${whom}`,
  kicked: (who, whom) => `${who} removed ${whom}`,
  banned: (who, whom) => `${who} banned ${whom}`,
  unbanned: (who, whom) => `${who} let ${whom} come again`,
  muted: (who, whom) => `${who} muted ${whom}`,
  unmuted: (who, whom) => `${who} unmuted ${whom}`,
  owner: (who, whom) => `${who} made owner: ${whom}`,
  admin: (who, whom) => `${who} made admin: ${whom}`,
  member: (who, whom) => `${who} made member: ${whom}`,
};

/** The notices of a crowd in one row, which unfolds to all of them. */
export function Notices({ chat, room, events }) {
  const { target } = chat.timelines.of(room.roomId);
  const [open, setOpen] = useState(() => events.some(({ seq }) => seq === target));
  const [first] = events;
  const said = partsOf(events).map((part) => sentence(chat.people, part)).filter(Boolean);
  return html`<div class="notices" data-key=${`notices-${first.stamp}`} data-seq=${first.seq} data-stamp=${first.stamp} data-testid="notices">
    <button class="notice notices-head" aria-expanded=${open} title=${exactTime(first.at)} onClick=${() => setOpen(!open)}>
      <span>${said.join("; ")}</span><${Icon} name="unfold" />
    </button>
    ${open && events.map((event) => html`<${Notice} key=${event.stamp} chat=${chat} event=${event} />`)}
  </div>`;
}

function sentence(people, { change, sender, users }) {
  const whom = crowd(people, users);
  return sender === null ? DONE[change]?.(whom) : DONE_TO[change]?.(people.name(sender), whom);
}

/** A few people by their names, and of more how many they are. */
function crowd(people, users) {
  if (users.length > NAMED + 1) {
    return `${users.length} people`;
  }
  const names = users.map((user) => people.name(user));
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
