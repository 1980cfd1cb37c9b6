import { html } from "./html.js";
import { tallyOf, voted } from "../model/message-state.js";
import { mayPost } from "../model/rights.js";
import { say } from "../words/en/poll.js";
import { counted, listed } from "../words/words.js";

/**
 * Options of the poll that a message carries, with the votes; unacknowledged votes of the user are counted.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, changes: Page.Request[]}} properties
 */
export default function Poll({ chat, room, message, changes }) {
  const user = /** @type {string} */ (chat.user);
  const now = voted(message, changes, user);
  const { options = [], multiple, closedSeq, seq } = now;
  const tallies = options.map((option) => ({ option, ...tallyOf(now.votes, option) }));
  const total = tallies.reduce((sum, { count }) => sum + count, 0);
  const isOpen = closedSeq === undefined && seq !== undefined && mayPost(room);
  return html`<div class="poll" role="group" aria-label=${say("poll")} data-testid="poll">
    ${tallies.map(
      ({ option, count, userIds }) => html`<${Option}
        key=${option}
        option=${option}
        count=${count}
        share=${total === 0 ? 0 : count / total}
        names=${listed(userIds.map((each) => chat.people.name(each)))}
        own=${userIds.includes(user)}
        disabled=${!isOpen}
        vote=${() => chat.writing.vote(room.roomId, message, option)}
      />`,
    )}
    <p class="hint" data-testid="poll-state">
      ${closedSeq === undefined ? say(multiple ? "chooseAny" : "chooseOne") : say("closed")} · ${say("votes", { count: total })}
    </p>
  </div>`;
}

/**
 * @param {{option: string, count: number, share: number, names: string, own: boolean, disabled: boolean, vote: () => void}} properties
 */
function Option({ option, count, share, names, own, disabled, vote }) {
  return html`<button
    type="button"
    class="poll-option"
    aria-pressed=${own}
    aria-label=${names ? say("option", { option, votes: say("votes", { count }), names }) : say("optionAlone", { option, votes: say("votes", { count }) })}
    disabled=${disabled}
    data-testid="poll-option"
    onClick=${vote}
  >
    <span class="poll-bar" style=${{ inlineSize: `${Math.round(share * 100)}%` }}></span>
    <span class="poll-text" dir="auto">${option}</span>
    <span class="poll-count">${counted(count)}</span>
    ${names && html`<span class="poll-voters"><bdi>${names}</bdi></span>`}
  </button>`;
}
