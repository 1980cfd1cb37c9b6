import { Component } from "preact";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { expectedMentions } from "./expected-mentions.js";
import { Icon } from "./icons.js";
import { Failure, Progress } from "./message-progress.js";
import { MessageText } from "./message-text.js";
import { MessageTools } from "./message-tools.js";
import { Quote } from "./quote.js";
import { Reactions } from "./reactions.js";
import { ThreadLink } from "./thread-link.js";
import { ago, exactTime, shortTime, timeOfDay } from "./time.js";
import { progressOf } from "../model/message-state.js";

/**
 * A message; under the same name and picture as the one before when it followed soon. There are hundreds: lists draw one
 * by {@link messageLook}, only when something of it has changed.
 */
export class Message extends Component {
  /** Whether the pointer or the focus has been here: before that nobody sees the tools. */
  state = { isNear: false };

  #near = () => this.state.isNear || this.setState({ isNear: true });

  render({ chat, room, message, follows, quiet = false, changes, inThread = false }) {
    const { sender, state, seq, stamp, deleted } = message;
    const name = chat.people.name(sender);
    const deleting = changes.some((change) => change.type === "delete");
    const mine = message.mentions?.includes(chat.user);
    const progress = progressOf(message, changes);
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
        ? html`<${Gutter} message=${message} quiet=${quiet} progress=${progress} />`
        : html`<${Avatar} user=${sender} name=${name} />`}
      <div class="message-body">
        ${!follows && html`<${Head} message=${message} name=${name} progress=${progress} />`}
        ${deleted ? html`<p class="gone">This message was deleted.</p>` : html`<${Text} chat=${chat} room=${room} message=${message} changes=${changes} />`}
        <${Reactions} chat=${chat} room=${room} message=${message} changes=${changes} />
        ${message.replies > 0 && !inThread && html`<${ThreadLink} chat=${chat} message=${message} />`}
        ${state === "failed" && html`<${Failure} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
      </div>
      ${this.state.isNear && seq !== undefined && !deleted && html`<${MessageTools} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
    </article>`;
  }
}

/**
 * All on which the look of a message depends, for a {@link drawnRow}. A message that is held is replaced when it changes; one
 * that is not stored yet is made anew for each drawing, so its parts are compared.
 */
export function messageLook({ chat, room, message, follows, quiet, changes }) {
  const { people } = chat;
  const { id, seq, stamp, asOf, text, state, reason, replyTo } = message;
  const quoted = replyTo === undefined ? undefined : quotedState(chat, room, replyTo);
  const repliers = message.repliers?.map((user) => people.name(user)).join();
  const reacted = Object.values(message.reactions ?? {}).flatMap(({ users }) => users.map((user) => people.name(user)));
  return [id, seq, stamp, asOf, text, state, reason, follows, quiet, people.name(message.sender), quoted, repliers,
    changes.map((change) => `${change.id}${change.state}`).join(), reacted.join(),
    room.member, room.role, room.muted, room.archived];
}

/** What the look of a quote depends on. */
function quotedState(chat, room, seq) {
  const quoted = chat.quotes.of(room.roomId, seq);
  return quoted && `${quoted.asOf} ${chat.people.name(quoted.sender)}`;
}

function Head({ message, name, progress }) {
  return html`<header class="message-head">
    <strong class="sender" title=${`@${message.sender}`}>${name}</strong>
    <time datetime=${message.at} title=${`${exactTime(message.at)} (${ago(message.at)})`}>${timeOfDay(message.at)}</time>
    ${message.pinned && html`<${Pinned} />`}${progress && html`<${Progress} of=${progress} />`}
  </header>`;
}

/** Beside a message that follows one of the same person: what becomes of it, a pin, or its time, unless that is the same. */
function Gutter({ message, quiet, progress }) {
  return html`<div class=${`gutter${quiet ? " quiet" : ""}`} title=${exactTime(message.at)}>
    ${progress
      ? html`<${Progress} of=${progress} />`
      : message.pinned
        ? html`<${Pinned} />`
        : html`<time datetime=${message.at} aria-hidden="true">${shortTime(message.at)}</time>`}
  </div>`;
}

function Pinned() {
  return html`<span class="pinned"><${Icon} name="pin" /><span>Pinned</span></span>`;
}

/** The text as the user wants it, with the mentions that the server will find in it. */
function Text({ chat, room, message, changes }) {
  const edit = changes.findLast((change) => change.type === "edit");
  const text = edit ? edit.fields.text : message.text;
  const mentions = edit || message.state ? expectedMentions(text, (user) => chat.people.member(room.roomId, user)) : message.mentions;
  const note = message.editedSeq || edit ? "edited" : "";
  return html`<${MessageText} text=${text} mentions=${mentions} user=${chat.user} note=${note} folds data-testid="text" />`;
}

