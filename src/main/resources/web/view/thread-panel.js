import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Boundary } from "./boundary.js";
import { html, useModels } from "./html.js";
import { Composer, draftOf } from "./composer.js";
import { drawnRow } from "./drawn-row.js";
import { Message, messageLook } from "./message.js";
import { PlainMessage } from "./plain-message.js";
import { MESSAGE_ITEMS } from "./message-items.js";
import { isAbout } from "../model/message-state.js";
import { Thread } from "../model/thread.js";
import { isUnread } from "../model/threads.js";
import { mayPost } from "../model/rights.js";
import { failureText } from "../model/failure-text.js";
import { say as common } from "../words/en/common.js";
import { say as roomSay } from "../words/en/room.js";
import { say } from "../words/en/thread.js";

/**
 * Panel of a thread: first message, replies, composer.
 *
 * @param {{chat: Page.Chat, room: Page.Room, panel: Page.Panel}} properties
 */
export default function ThreadPanel({ chat, room, panel }) {
  const thread = useMemo(() => new Thread(chat.client, room.roomId, /** @type {{seq: number}} */ (panel)), []);
  const list = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const { roomId } = room;
  useModels(thread, chat.people, chat.threads);
  const followed = chat.threads.of(roomId, panel.seq);
  /** Read marker of the thread at the moment when it was opened. */
  const readBefore = useRef(/** @type {number | null | undefined} */ (null));
  readBefore.current ??= followed?.following && isUnread(followed) ? followed.readTo : null;
  const [alsoToRoom, setAlsoToRoom] = useState(false);
  const shownReply = useRef(/** @type {number | null | undefined} */ (null));
  useEffect(() => {
    const seen = () => chat.seen();
    chat.thread = thread;
    thread.addEventListener("change", seen);
    void chat.threads.find(roomId, /** @type {number} */ (panel.seq));
    return () => {
      thread.removeEventListener("change", seen);
      chat.thread = null;
      thread.close();
    };
  }, []);
  useEffect(() => {
    if (thread.gone) {
      const place = draftOf(room, thread);
      const draft = chat.drafts.of(place);
      chat.drafts.keep(place, "");
      chat.loseThread(draft);
    }
  }, [thread.gone]);
  useEffect(() => {
    const wanted =
      thread.loaded && panel.reply !== shownReply.current && list.current.querySelector(`[data-seq="${panel.reply}"]`);
    if (wanted) {
      shownReply.current = panel.reply;
      showTarget(wanted);
    } else {
      list.current.scrollTop = list.current.scrollHeight;
    }
  }, [thread.loaded, thread.replies.length, panel.reply]);
  const changes = thread.changes();
  const replies = [...thread.replies, ...thread.pending().map((request) => pending(request, /** @type {string} */ (chat.user)))];
  const firstNew =
    readBefore.current === null
      ? undefined
      : thread.replies.find(({ seq, sender }) => seq > /** @type {number} */ (readBefore.current) && sender !== chat.user);
  /** @param {Page.Message} message */
  const drawn = (message) => {
    const shown = { chat, room, message, follows: false, changes: changes.filter((change) => isAbout(change, message)) };
    return drawnRow(
      /** @type {string} */ (message.id),
      () => messageLook(shown),
      () =>
        html`<${Boundary} of=${message} instead=${() => html`<${PlainMessage} message=${message} />`}><${Message} ...${shown} inThread /><//>`,
    );
  };
  return html`
    <div class="panel-scroll messages" ref=${list} data-list=${MESSAGE_ITEMS} role="region" tabindex="0" aria-label=${say("messages")}>
      ${thread.root && drawn(thread.root)}
      ${thread.root && html`<${Replies} key="replies" chat=${chat} room=${room} seq=${panel.seq} count=${replies.length} followed=${followed} />`}
      ${replies.map((message) => [message.seq === firstNew?.seq && html`<div class="new-line" key="new" role="separator" data-testid="thread-new-line"><span>${roomSay("newLine")}</span></div>`, drawn(message)])}
      ${thread.failed && html`<p class="list-note">${say("failed")} <button class="link" onClick=${() => thread.load()}>${common("again")}</button></p>`}
    </div>
    ${
      mayPost(room) &&
      thread.root &&
      !thread.root.deleted &&
      html`<div class="panel-foot">
      <${Composer} chat=${chat} room=${room} thread=${thread.root} alsoToRoom=${alsoToRoom} />
      <label class="check also"><input type="checkbox" checked=${alsoToRoom} data-testid="also-to-room" onChange=${(/** @type {Page.Changed} */ changed) => setAlsoToRoom(changed.target.checked)} /><span>${say("alsoToRoom", { room: chat.rooms.title(room) })}</span></label>
    </div>`
    }
  `;
}

/**
 * Number of replies, and the button to follow the thread.
 *
 * @param {{chat: Page.Chat, room: Page.Room, seq: number, count: number, followed: Page.ThreadState | null}} properties
 */
function Replies({ chat, room, seq, count, followed }) {
  const following = followed?.following ?? false;
  return html`<p class="replies">
    <span>${count === 0 ? say("noReplies") : roomSay("replies", { count })}</span>
    ${
      room.membership === "joined" &&
      followed &&
      html`<button class="link" data-testid="follow-thread" aria-pressed=${following} onClick=${() => chat.attempt(() => chat.threads.follow(room.roomId, seq, !following))}>
      ${following ? say("following") : say("follow")}
    </button>`
    }
  </p>`;
}

/** Scrolls a message into view and highlights it for a moment. @param {HTMLElement} row */
function showTarget(row) {
  row.scrollIntoView({ block: "center" });
  row.classList.add("target");
  row.addEventListener("animationend", () => row.classList.remove("target"), { once: true });
  row.focus({ preventScroll: true });
}

/** @param {Page.Request} request @param {string} sender @returns {Page.Message} a message without seq */
const pending = ({ id, state, error, fields }, sender) =>
  /** @type {Page.Message} */ ({
    id,
    kind: "message",
    sender,
    at: new Date().toISOString(),
    text: fields.text,
    state,
    reason: error && failureText(error),
  });
