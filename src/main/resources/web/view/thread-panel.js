import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Boundary } from "./boundary.js";
import { html, useModels } from "./html.js";
import { Composer, draftOf } from "./composer.js";
import { drawnRow } from "./drawn-row.js";
import { Message, messageLook } from "./message.js";
import { PlainMessage } from "./plain-message.js";
import { isAbout } from "../model/message-state.js";
import { Thread } from "../model/thread.js";
import { isUnread } from "../model/threads.js";
import { mayPost } from "../model/rights.js";

/** A message with its answers, and where one answers. */
export default function ThreadPanel({ chat, room, panel }) {
  const thread = useMemo(() => new Thread(chat.client, room.roomId, panel), []);
  const list = useRef(null);
  const { roomId } = room;
  useModels(thread, chat.people, chat.threads);
  const followed = chat.threads.of(roomId, panel.seq);
  /** How far the thread was read when it was opened. */
  const readBefore = useRef(null);
  readBefore.current ??= followed?.following && isUnread(followed) ? followed.seq : null;
  const [alsoToRoom, setAlsoToRoom] = useState(false);
  const shownReply = useRef(null);
  useEffect(() => {
    const seen = () => chat.seen();
    chat.thread = thread;
    thread.addEventListener("change", seen);
    chat.threads.find(roomId, panel.seq);
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
    const wanted = thread.loaded && panel.reply !== shownReply.current && list.current.querySelector(`[data-seq="${panel.reply}"]`);
    if (wanted) {
      shownReply.current = panel.reply;
      showTarget(wanted);
    } else {
      list.current.scrollTop = list.current.scrollHeight;
    }
  }, [thread.loaded, thread.replies.length, panel.reply]);
  const changes = thread.changes();
  const replies = [...thread.replies, ...thread.pending().map((request) => pending(request, chat.user))];
  const firstNew = readBefore.current === null ? undefined : thread.replies.find(({ seq, sender }) => seq > readBefore.current && sender !== chat.user);
  const drawn = (message) => {
    const shown = { chat, room, message, follows: false, changes: changes.filter((change) => isAbout(change, message)) };
    return drawnRow(
      message.id,
      () => messageLook(shown),
      () => html`<${Boundary} of=${message} instead=${() => html`<${PlainMessage} message=${message} />`}><${Message} ...${shown} inThread /><//>`,
    );
  };
  return html`
    <div class="panel-scroll messages" ref=${list} role="region" tabindex="0" aria-label="Messages of the thread">
      ${thread.root && drawn(thread.root)}
      ${thread.root && html`<${Replies} key="replies" chat=${chat} room=${room} seq=${panel.seq} count=${replies.length} followed=${followed} />`}
      ${replies.map((message) => [message.seq === firstNew?.seq && html`<div class="new-line" key="new" role="separator" data-testid="thread-new-line"><span>New</span></div>`, drawn(message)])}
      ${thread.failed && html`<p class="list-note">The thread could not be loaded. <button class="link" onClick=${() => thread.load()}>Try again</button></p>`}
    </div>
    ${mayPost(room) && thread.root && !thread.root.deleted && html`<div class="panel-foot">
      <${Composer} chat=${chat} room=${room} thread=${thread.root} alsoToRoom=${alsoToRoom} />
      <label class="check also"><input type="checkbox" checked=${alsoToRoom} data-testid="also-to-room" onChange=${(changed) => setAlsoToRoom(changed.target.checked)} /><span>Also send to ${chat.rooms.title(room)}</span></label>
    </div>`}
  `;
}

/** How many replies there are, and whether the user follows them. */
function Replies({ chat, room, seq, count, followed }) {
  const following = followed?.following ?? false;
  return html`<p class="replies">
    <span>${count === 0 ? "No replies yet" : count === 1 ? "1 reply" : `${count} replies`}</span>
    ${room.member &&
    followed &&
    html`<button class="link" data-testid="follow-thread" aria-pressed=${following} onClick=${() => chat.attempt(() => chat.threads.follow(room.roomId, seq, !following))}>
      ${following ? "Following" : "Follow"}
    </button>`}
  </p>`;
}

/** Brings a message into view and lets it stand out for a moment. */
function showTarget(row) {
  row.scrollIntoView({ block: "center" });
  row.classList.add("target");
  row.addEventListener("animationend", () => row.classList.remove("target"), { once: true });
  row.focus({ preventScroll: true });
}

const pending = ({ id, state, error, fields }, sender) => ({
  id,
  kind: "message",
  sender,
  at: new Date().toISOString(),
  text: fields.text,
  state,
  reason: error?.message,
});
