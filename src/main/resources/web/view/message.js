import { Component } from "preact";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { MessageText } from "./message-text.js";
import { MessageTools } from "./message-tools.js";
import { Quote } from "./quote.js";
import { Reactions } from "./reactions.js";
import { ThreadLink } from "./thread-link.js";
import { ago, exactTime, timeOfDay } from "./time.js";

/**
 * A message; under the same name and picture as the one before when it followed soon. Drawn again only when something of
 * it has changed, since there are hundreds.
 */
export class Message extends Component {
  /** What the look depended on when it was drawn: names and quoted messages change under the same properties. */
  #drawn = "";

  shouldComponentUpdate(next) {
    return signature(next) !== this.#drawn || next.message.text !== this.props.message.text;
  }

  render(props) {
    const { chat, room, message, follows, changes, inThread = false } = props;
    this.#drawn = signature(props);
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
    >
      ${message.replyTo !== undefined && !inThread && html`<${Quote} chat=${chat} room=${room} message=${message} />`}
      ${follows
        ? html`<time class="side-time" datetime=${message.at} title=${exactTime(message.at)} aria-hidden="true">${timeOfDay(message.at)}</time>`
        : html`<${Avatar} user=${sender} name=${name} />`}
      <div class="message-body">
        ${!follows && html`<${Head} message=${message} name=${name} />`}
        ${deleted ? html`<p class="gone">This message was deleted.</p>` : html`<${Text} chat=${chat} message=${message} changes=${changes} />`}
        <${Reactions} chat=${chat} room=${room} message=${message} changes=${changes} />
        ${message.replies > 0 && !inThread && html`<${ThreadLink} chat=${chat} message=${message} />`}
        ${state && state !== "sent" && html`<${Mark} chat=${chat} message=${message} />`}
      </div>
      ${seq !== undefined && !deleted && html`<${MessageTools} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
    </article>`;
  }
}

/** What the look of a message depends on. */
function signature({ chat, room, message, follows, changes }) {
  const { id, seq, stamp, state, asOf, reason, sender, replyTo } = message;
  const asked = changes.map((change) => `${change.id}${change.state}`).join();
  const quoted = replyTo === undefined ? "" : quotedState(chat, room, replyTo);
  const repliers = message.repliers?.map((user) => chat.people.name(user)).join();
  return [id, seq, stamp, state, asOf, reason, follows, asked, quoted, repliers, chat.people.name(sender), room.role, room.muted, room.member,
    room.archived].join("|");
}

/** What the look of a quote depends on. */
function quotedState(chat, room, seq) {
  const quoted = chat.quotes.of(room.roomId, seq);
  return quoted && `${quoted.asOf} ${chat.people.name(quoted.sender)}`;
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
