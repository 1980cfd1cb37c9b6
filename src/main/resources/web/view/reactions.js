import { html } from "./html.js";
import { Icon } from "./icons.js";
import { mayPost } from "../model/rights.js";

/** Who reacted how; what is not acknowledged yet counts already. */
export function Reactions({ chat, room, message, changes }) {
  const reactions = withChanges(message.reactions ?? {}, changes, chat.user);
  const shown = Object.entries(reactions);
  if (shown.length === 0 || message.deleted) {
    return null;
  }
  return html`<div class="reactions" data-testid="reactions">
    ${shown.map(([emoji, { count, users }]) => {
      const own = users.includes(chat.user);
      const names = users.map((user) => chat.people.name(user)).join(", ");
      return html`<button
        key=${emoji}
        class="reaction"
        aria-pressed=${own}
        aria-label=${`${emoji}, ${count}: ${names}`}
        title=${names}
        disabled=${!mayPost(room)}
        data-testid="reaction"
        onClick=${() => chat.writing.react(room.roomId, message, emoji)}
      >
        <span>${emoji}</span><span class="count">${count}</span>
      </button>`;
    })}
    ${mayPost(room) &&
    html`<button class="reaction add" aria-label="Add a reaction" title="Add a reaction" onClick=${(pressed) => chat.pickReaction(message, pressed.currentTarget)}>
      <${Icon} name="smile" />
    </button>`}
  </div>`;
}

function withChanges(reactions, changes, user) {
  const all = { ...reactions };
  for (const { fields } of changes.filter((change) => change.type === "react")) {
    const { count, users } = all[fields.emoji] ?? { count: 0, users: [] };
    const others = users.filter((each) => each !== user);
    const next = others.length + count - users.length + (fields.remove ? 0 : 1);
    all[fields.emoji] = { count: next, users: fields.remove ? others : [...others, user] };
    if (next === 0) {
      delete all[fields.emoji];
    }
  }
  return all;
}
