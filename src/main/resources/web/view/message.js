import { Component } from "preact";
import { useReducer } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { expectedMentions } from "./expected-mentions.js";
import { Icon } from "./icons.js";
import { Failure, Progress } from "./message-progress.js";
import { MessageText } from "./message-text.js";
import { lazy, named } from "./lazy.js";
import { Quote } from "./quote.js";
import { Reactions } from "./reactions.js";
import { ThreadLink } from "./thread-link.js";
import { ago, exactTime, shortTime, timeOfDay, timeOfLast } from "./time.js";
import { progressOf } from "../model/message-state.js";
import { say } from "../words/en/room.js";

/** Loaded when the pointer or focus first enters a message, because the first view shows none of them. */
const MessageTools = lazy(
  named(() => import("./message-tools.js"), "MessageTools"),
  () => null,
);

/** Height of an option without votes and the gap below it, for the place of a poll that is being loaded. */
const OPTION_HEIGHT = 44;

const Poll = lazy(
  () => import("./poll.js"),
  null,
  () => null,
);

/**
 * A message; under the same name and picture as the one before when it followed soon. There are hundreds: lists draw one
 * by {@link messageLook}, only when something of it has changed.
 */
export class Message extends Component {
  /** True once the pointer or the focus has entered the message; before that it has no tools. */
  state = { isNear: false };

  #near = () => this.state.isNear || this.setState({ isNear: true });

  /**
   * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, follows?: boolean, quiet?: boolean, changes: Page.Request[], inThread?: boolean}} given
   */
  render({ chat, room, message, follows, quiet = false, changes, inThread = false }) {
    const { sender, state, seq, stamp, deleted } = message;
    const name = chat.people.name(sender);
    const deleting = changes.some((change) => change.type === "delete");
    const mine = message.mentions?.includes(/** @type {string} */ (chat.user));
    const progress = progressOf(message, changes);
    const textId = `${inThread ? "thread-" : ""}text-${encodeURIComponent(/** @type {string} */ (message.id))}`;
    return html`<article
      class=${`message${follows ? "" : " first"}${mine ? " for-me" : ""}`}
      data-testid="message"
      data-key=${message.id}
      data-seq=${seq}
      data-stamp=${stamp}
      data-state=${state ?? (deleting ? "deleting" : undefined)}
      tabindex="-1"
      aria-label=${say("by", { name, time: exactTime(message.at) })}
      onPointerEnter=${this.#near}
      onFocusIn=${this.#near}
      aria-describedby=${deleted ? undefined : textId}
    >
      ${message.replyTo !== undefined && !inThread && html`<${Quote} chat=${chat} room=${room} message=${message} />`}
      ${
        follows
          ? html`<${Gutter} message=${message} quiet=${quiet} progress=${progress} />`
          : html`<${Avatar} user=${sender} name=${name} />`
      }
      <div class="message-body">
        ${!follows && html`<${Head} message=${message} name=${name} progress=${progress} />`}
        ${deleted ? html`<p class="gone">${say("deleted")}</p>` : html`<${Text} id=${textId} chat=${chat} room=${room} message=${message} changes=${changes} />`}
        ${!deleted && message.options && html`<div style=${{ minBlockSize: `${message.options.length * OPTION_HEIGHT}px` }}><${Poll} chat=${chat} room=${room} message=${message} changes=${changes} /></div>`}
        <${Reactions} chat=${chat} room=${room} message=${message} changes=${changes} />
        ${(message.replyCount ?? 0) > 0 && !inThread && html`<${ThreadLink} chat=${chat} message=${message} />`}
        ${state === "failed" && html`<${Failure} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
      </div>
      ${this.state.isNear && seq !== undefined && !deleted && html`<${MessageTools} chat=${chat} room=${room} message=${message} inThread=${inThread} />`}
    </article>`;
  }
}

/**
 * All on which the look of a message depends, for a {@link drawnRow}. A message that is held is replaced when it changes; one
 * that is not stored yet is made anew for each drawing, so its parts are compared.
 *
 * @param {{chat: Page.Chat, room: Page.Room, message: Page.Message, follows?: boolean, quiet?: boolean, changes: Page.Request[]}} given
 */
export function messageLook({ chat, room, message, follows, quiet, changes }) {
  const { id, seq, text, state, reason, replyTo, lastReply } = message;
  const quoted = replyTo === undefined ? undefined : chat.quotes.of(room.roomId, replyTo);
  return [
    ...(seq === undefined ? [id, text, state, reason] : [message]),
    follows,
    quiet,
    quoted,
    namesIn(message, quoted, chat.people).join(),
    isUnstored(message, changes) && mentionsOf(chat, room, message, changes).join(),
    changes.map((change) => `${change.id}${change.state}`).join(),
    lastReply && timeOfLast(lastReply.at),
    room.membership === "joined",
    room.role,
    room.muted,
    room.archived,
  ];
}

/**
 * Names of people in a message.
 *
 * @param {Page.Message} given
 * @param {Page.Message | null | undefined} quoted
 * @param {Page.People} people
 */
function namesIn({ sender, repliers = [], reactions = {}, votes = {} }, quoted, people) {
  const reacted = [...Object.values(reactions), ...Object.values(votes)].flatMap(({ userIds }) => userIds);
  return [sender, ...repliers, ...reacted, ...(quoted ? [quoted.sender] : [])].map((user) => people.name(user));
}

/** @param {{message: Page.Message, name: string, progress: ReturnType<typeof progressOf>}} properties */
function Head({ message, name, progress }) {
  return html`<header class="message-head">
    <strong class="sender" title=${`@${message.sender}`}><bdi>${name}</bdi></strong>
    <${Sent} at=${message.at} />
    ${message.pinned && html`<${Pinned} />`}${progress && html`<${Progress} of=${progress} />`}
  </header>`;
}

/**
 * Time of a message. When a pointer enters it, "5 min. ago" is recomputed.
 *
 * @param {{at: string}} properties
 */
function Sent({ at }) {
  const [, draw] = useReducer((count) => count + 1, 0);
  return html`<time datetime=${at} title=${say("timeAgo", { time: exactTime(at), ago: ago(at) })} onPointerEnter=${draw}>${timeOfDay(at)}</time>`;
}

/**
 * Beside a message that follows one of the same person: what becomes of it, a pin, or its time, unless that is the same.
 *
 * @param {{message: Page.Message, quiet: boolean, progress: ReturnType<typeof progressOf>}} properties
 */
function Gutter({ message, quiet, progress }) {
  return html`<div class=${`gutter${quiet ? " quiet" : ""}`} title=${exactTime(message.at)}>
    ${
      progress
        ? html`<${Progress} of=${progress} />`
        : message.pinned
          ? html`<${Pinned} />`
          : html`<time datetime=${message.at} aria-hidden="true">${shortTime(message.at)}</time>`
    }
  </div>`;
}

function Pinned() {
  return html`<span class="pinned"><${Icon} name="pin" /><span>${say("pinned")}</span></span>`;
}

/**
 * Text as the user wrote it, with the mentions that the server will probably find.
 *
 * @param {{id: string, chat: Page.Chat, room: Page.Room, message: Page.Message, changes: Page.Request[]}} properties
 */
function Text({ id, chat, room, message, changes }) {
  const edit = editIn(changes);
  const text = edit?.fields.text ?? message.text;
  const mentions = isUnstored(message, changes) ? mentionsOf(chat, room, message, changes) : message.mentions;
  const note = message.editedSeq || edit ? say("edited") : "";
  return html`<${MessageText} text=${text} mentions=${mentions} user=${chat.user} note=${note} folds id=${id} data-testid="text" />`;
}

/** @param {Page.Request[]} changes */
const editIn = (changes) => changes.findLast((change) => change.type === "edit");

/**
 * True until the server has found the mentions of the text.
 *
 * @param {Page.Message} message
 * @param {Page.Request[]} changes
 */
const isUnstored = (message, changes) => Boolean(message.state || editIn(changes));

/**
 * Members whom such a text mentions, among the loaded members.
 *
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 * @param {Page.Message} message
 * @param {Page.Request[]} changes
 */
function mentionsOf(chat, room, message, changes) {
  return expectedMentions(editIn(changes)?.fields.text ?? message.text ?? "", (user) => chat.people.member(room.roomId, user));
}
