import { html } from "./html.js";
import { exactTime } from "./time.js";

const CHANGES = {
  joined: (who, whom) => (who === whom ? `${who} joined` : `${who} added ${whom}`),
  left: (who) => `${who} left`,
  invited: (who, whom) => `${who} invited ${whom}`,
  declined: (who) => `${who} declined the invitation`,
  kicked: (who, whom) => `${who} removed ${whom}`,
  banned: (who, whom) => `${who} banned ${whom}`,
  unbanned: (who, whom) => `${who} let ${whom} come again`,
  muted: (who, whom) => `${who} muted ${whom}`,
  unmuted: (who, whom) => `${who} unmuted ${whom}`,
  owner: (who, whom) => `${who} made ${whom} an owner`,
  admin: (who, whom) => `${who} made ${whom} an admin`,
  member: (who, whom) => `${who} made ${whom} a member`,
  name: (who, text) => `${who} named the room “${text}”`,
  topic: (who, text) => (text ? `${who} set the topic: ${text}` : `${who} took the topic away`),
  description: (who) => `${who} changed the description`,
  archived: (who) => `${who} archived the room`,
  unarchived: (who) => `${who} took the room out of the archive`,
};

/** A line that says who came and went, and what was changed; nothing for what this page does not know. */
export function Notice({ chat, event }) {
  const said = CHANGES[event.change];
  if (!said) {
    return null;
  }
  const about = event.kind === "membership" ? chat.people.name(event.user) : event.text;
  return html`<p class="notice" data-key=${`notice-${event.stamp}`} data-seq=${event.seq} data-stamp=${event.stamp} title=${exactTime(event.at)} data-testid="notice">
    ${said(chat.people.name(event.sender), about)}
  </p>`;
}
