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
    const { chat, room, message, follows, quiet = false, changes, inThread = false } = props;
    this.#drawn = signature(props);
    const { sender, state, seq, stamp, deleted } = message;
    const name = chat.people.name(sender);
    const deleting = changes.some((change) => change.type === "delete");
    const mine = message.mentions?.includes(chat.user);
    const progress = progressOf(message, changes);
    const textId = `${inThread ? "thread-" : ""}text-${encodeURIComponent(message.id)}`;
    return html`<article
      class=${`message${follows ? "" : " first"}${mine ? " for-me" : ""}`}
      data-testid="message"
      data-key=${message.id}
      data-seq=${seq}
      data-stamp=${stamp}
      data-state=${state ?? (deleting ? "deleting" : undefined)}
      tabindex="-1"
      aria-label=${`${name}, ${exactTime(message.at)}`}
      aria-describedby=${deleted ? undefined : textId}
    >
      ${message.replyTo !== undefined && !inThread && html`<${Quote} chat=${chat} room=${room} message=${message} />`}
      ${follows
        ? html`<${Gutter} message=${message} quiet=${quiet} progress=${progress} />`
        : html`<${Avatar} user=${sender} name=${name} />`}
      <div class="message-body">
        ${!follows && html`<${Head} message=${message} name=${name} progress=${progress} />`}
        ${deleted ? html`<p class="gone">This message was deleted.</p>` : html`<${Text} id=${textId} chat=${chat} room=${room} message=${message} changes=${changes} />`}
        <${Reactions} chat=${chat} room=${room} message=${message} changes=${changes} />
        ${message.replies > 0 && !inThread && html`<${ThreadLink} chat=${chat} message=${message} />`}
        ${state === "failed" && html`<${Failure} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
      </div>
      ${seq !== undefined && !deleted && html`<${MessageTools} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
    </article>`;
  }
}

/** What the look of a message depends on. */
function signature({ chat, room, message, follows, quiet, changes }) {
  const { id, seq, stamp, state, asOf, reason, sender, replyTo } = message;
  const asked = changes.map((change) => `${change.id}${change.state}`).join();
  const quoted = replyTo === undefined ? "" : quotedState(chat, room, replyTo);
  const repliers = message.repliers?.map((user) => chat.people.name(user)).join();
  return [id, seq, stamp, state, asOf, reason, follows, quiet, asked, quoted, repliers, chat.people.name(sender), room.role, room.muted, room.member,
    room.archived].join("|");
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
function Text({ id, chat, room, message, changes }) {
  const edit = changes.findLast((change) => change.type === "edit");
  const text = edit ? edit.fields.text : message.text;
  const mentions = edit || message.state ? expectedMentions(text, (user) => chat.people.member(room.roomId, user)) : message.mentions;
  const note = message.editedSeq || edit ? "edited" : "";
  return html`<${MessageText} text=${text} mentions=${mentions} user=${chat.user} note=${note} folds id=${id} data-testid="text" />`;
}

