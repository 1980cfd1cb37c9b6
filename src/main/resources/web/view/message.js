import { Component } from "preact";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { MessageText } from "./message-text.js";
import { MessageTools } from "./message-tools.js";
import { Quote } from "./quote.js";
import { Reactions } from "./reactions.js";
import { ago, exactTime, timeOfDay } from "./time.js";

/**
 * A message; under the same name and picture as the one before when it followed soon. There are hundreds: lists draw one
 * by {@link messageLook}, only when something of it has changed.
 */
export class Message extends Component {
  /** Whether the pointer or the focus has been here: before that nobody sees the tools. */
  state = { isNear: false };

  #near = () => this.state.isNear || this.setState({ isNear: true });

  render({ chat, room, message, follows, changes, inThread = false }) {
    const { sender, state, seq, stamp, deleted } = message;
    const name = chat.people.name(sender);
    const deleting = changes.some((change) => change.type === "delete");
    const mine = message.mentions?.includes(chat.user);
    return html`<article
      class=${`message${follows ? "" : " first"}${mine ? " for-me" : ""}`}
      data-testid="message"
      data-key=${message.id}
      data-seq=${seq}
      data-stamp=${stamp}
      data-state=${state ?? (deleting ? "deleting" : undefined)}
      tabindex="-1"
      aria-label=${`${name}, ${exactTime(message.at)}`}
      onPointerEnter=${this.#near}
      onFocusIn=${this.#near}
    >
      ${message.replyTo !== undefined && !inThread && html`<${Quote} chat=${chat} room=${room} message=${message} />`}
      ${follows
        ? html`<time class="side-time" datetime=${message.at} title=${exactTime(message.at)} aria-hidden="true">${timeOfDay(message.at)}</time>`
        : html`<${Avatar} user=${sender} name=${name} />`}
      <div class="message-body">
        ${!follows && html`<${Head} message=${message} name=${name} />`}
        ${deleted ? html`<p class="gone">This message was deleted.</p>` : html`<${Text} chat=${chat} message=${message} changes=${changes} />`}
        <${Reactions} chat=${chat} room=${room} message=${message} changes=${changes} />
        ${message.replies > 0 && !inThread && html`<${Thread} chat=${chat} message=${message} />`}
        ${state && state !== "sent" && html`<${Mark} chat=${chat} message=${message} />`}
      </div>
      ${this.state.isNear && seq !== undefined && !deleted && html`<${MessageTools} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
    </article>`;
  }
}

/**
 * All on which the look of a message depends, for a {@link drawnRow}. A message that is held is replaced when it changes; one
 * that is not stored yet is made anew for each drawing, so its parts are compared.
 */
export function messageLook({ chat, room, message, follows, changes }) {
  const { people, timelines } = chat;
  const { id, seq, stamp, asOf, text, state, reason, replyTo } = message;
  const quoted = replyTo === undefined ? undefined : timelines.message(room.roomId, replyTo);
  const reacted = Object.values(message.reactions ?? {}).flatMap(({ users }) => users.map((user) => people.name(user)));
  return [id, seq, stamp, asOf, text, state, reason, follows, people.name(message.sender), quoted?.asOf,
    quoted && people.name(quoted.sender), changes.map((change) => `${change.id}${change.state}`).join(), reacted.join(),
    room.member, room.role, room.muted, room.archived];
}

function Head({ message, name }) {
  return html`<header class="message-head">
    <strong class="sender" title=${`@${message.sender}`}>${name}</strong>
    <time datetime=${message.at} title=${`${exactTime(message.at)} (${ago(message.at)})`}>${timeOfDay(message.at)}</time>
    ${message.pinned && html`<span class="pinned"><${Icon} name="pin" />Pinned</span>`}
  </header>`;
}

function Text({ chat, message, changes }) {
  const edit = changes.findLast((change) => change.type === "edit");
  const text = edit ? edit.fields.text : message.text;
  return html`<${MessageText} text=${text} mentions=${message.mentions} user=${chat.user} data-testid="text" />
    ${(message.editedSeq || edit) && html`<span class="edited">${edit ? "saving …" : "edited"}</span>`}`;
}

function Thread({ chat, message }) {
  const { replies } = message;
  return html`<button class="thread-link" data-testid="thread-link" onClick=${() => chat.showThread(message)}>
    <${Icon} name="thread" />${replies === 1 ? "1 reply" : `${replies} replies`}
  </button>`;
}

const MARKS = { waiting: "Waiting to be sent …", sending: "Sending …", failed: "Not sent." };

/** What becomes of an own message. */
function Mark({ chat, message }) {
  return html`<div class="mark" data-testid="mark">
    <span>${MARKS[message.state]} ${message.reason}</span>
    ${message.state === "failed" &&
    html`<button class="link" data-testid="retry" onClick=${() => chat.client.retry(message.id)}>Try again</button>
      <button class="link" data-testid="discard" onClick=${() => chat.writing.discard(chat.room, message.id)}>Discard</button>`}
  </div>`;
}
