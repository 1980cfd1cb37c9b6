import { useEffect } from "preact/hooks";
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialog.js";
import { html, useModels } from "./html.js";
import { excerpt } from "./quote.js";
import { exactTime, timeOfLast } from "./time.js";
import { isUnread } from "../model/threads.js";

/** The threads that the user follows, of all rooms, those with something unread first. */
export default function ThreadsDialog({ chat, close }) {
  const { threads } = chat;
  useModels(threads, chat.people, chat.rooms);
  useEffect(() => {
    threads.shown = true;
    threads.load();
    return () => {
      threads.shown = false;
    };
  }, []);
  const { list, loaded, failed, next } = threads;
  return html`<${Dialog} title="Threads" testid="threads-dialog" close=${close}>
    ${failed && html`<p class="panel-note" role="status">The threads could not be loaded. <button class="link" onClick=${() => threads.load()}>Try again</button></p>`}
    ${loaded && list.length === 0 && html`<p class="panel-note">You follow no thread. Those that you begin or reply to, and those in which you are mentioned, come here by themselves.</p>`}
    <ul class="threads" data-list=".thread-item" data-testid="threads-list">
      ${list.map((thread) => html`<${Thread} key=${`${thread.room}/${thread.thread}`} chat=${chat} thread=${thread} close=${close} />`)}
    </ul>
    ${next !== undefined && html`<button class="secondary" data-testid="more-threads" onClick=${() => chat.attempt(() => threads.more())}>Older threads</button>`}
  <//>`;
}

function Thread({ chat, thread, close }) {
  const { first, room, unread, mentions } = thread;
  const known = chat.rooms.get(room);
  const name = chat.people.name(first.sender);
  const at = first.lastReplyAt ?? first.at;
  return html`<li>
    <button
      class="thread-item"
      data-testid="thread-item"
      data-unread=${isUnread(thread)}
      onClick=${() => {
        close();
        chat.openThread(room, first);
      }}
    >
      <${Avatar} user=${first.sender} name=${name} />
      <span class="thread-text">
        <span class="thread-head"><strong>${name}</strong> <span class="hint">${known ? chat.rooms.title(known) : room}</span></span>
        <span class="thread-said">${excerpt(first)}</span>
        <span class="hint">${first.replies === 1 ? "1 reply" : `${first.replies ?? 0} replies`}, <time datetime=${at} title=${exactTime(at)}>${timeOfLast(at)}</time></span>
      </span>
      ${isUnread(thread) &&
      html`<span class="badge" data-calls=${mentions > 0} data-testid="thread-badge"><span aria-hidden="true">${mentions || unread}</span>
        <span class="unseen">${mentions > 0 ? `, ${mentions} for you` : ""}, ${unread} unread</span></span>`}
    </button>
  </li>`;
}
