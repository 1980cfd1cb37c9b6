import { useEffect } from "preact/hooks";
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialog.js";
import { html, useModels } from "./html.js";
import { excerpt } from "./quote.js";
import { exactTime, timeOfLast } from "./time.js";
import { isUnread } from "../model/threads.js";
import { say as common } from "../words/en/common.js";
import { say as roomSay } from "../words/en/room.js";
import { say as shell } from "../words/en/shell.js";
import { say } from "../words/en/threads.js";
import { counted } from "../words/words.js";

/**
 * Followed threads of all rooms, those with unread replies first.
 *
 * @param {{chat: Page.Chat, close: () => void}} properties
 */
export default function ThreadsDialog({ chat, close }) {
  const { threads } = chat;
  useModels(threads, chat.people, chat.rooms);
  useEffect(() => {
    threads.shown = true;
    void threads.load();
    return () => {
      threads.shown = false;
    };
  }, []);
  const { list, loaded, failed, nextPage } = threads;
  return html`<${Dialog} title=${say("title")} testid="threads-dialog" close=${close}>
    ${failed && html`<p class="panel-note" role="status">${say("failed")} <button class="link" onClick=${() => threads.load()}>${common("again")}</button></p>`}
    ${loaded && list.length === 0 && html`<p class="panel-note">${say("none")}</p>`}
    <ul class="threads" data-list=".thread-item" data-testid="threads-list">
      ${list.map((thread) => html`<${Thread} key=${`${thread.roomId}/${thread.thread}`} chat=${chat} thread=${thread} close=${close} />`)}
    </ul>
    ${nextPage !== undefined && html`<button class="secondary" data-testid="more-threads" onClick=${() => chat.attempt(() => threads.more())}>${say("older")}</button>`}
  <//>`;
}

/** @param {{chat: Page.Chat, thread: import("../model/threads.js").KnownThread & {first: Page.Message}, close: () => void}} properties */
function Thread({ chat, thread, close }) {
  const { first, roomId, unreadCount, mentionCount } = thread;
  const known = chat.rooms.get(roomId);
  const name = chat.people.name(first.sender);
  const at = first.lastReply?.at ?? first.at;
  return html`<li>
    <button
      class="thread-item"
      data-testid="thread-item"
      data-unread=${isUnread(thread)}
      onClick=${() => {
        close();
        chat.follower.openThread(roomId, first);
      }}
    >
      <${Avatar} user=${first.sender} name=${name} />
      <span class="thread-text">
        <span class="thread-head"><strong><bdi>${name}</bdi></strong> <span class="hint"><bdi>${known ? chat.rooms.title(known) : roomId}</bdi></span></span>
        <span class="thread-said"><bdi>${excerpt(first)}</bdi></span>
        <span class="hint">${roomSay("dayAndTime", { day: roomSay("replies", { count: first.replyCount ?? 0 }), time: html`<time datetime=${at} title=${exactTime(at)}>${timeOfLast(at)}</time>` })}</span>
      </span>
      ${
        isUnread(thread) &&
        html`<span class="badge" data-calls=${mentionCount > 0} data-testid="thread-badge"><span aria-hidden="true">${counted(mentionCount || unreadCount)}</span>
        <span class="unseen">${mentionCount > 0 && shell("forYou", { count: mentionCount })}${shell("unread", { count: unreadCount })}</span></span>`
      }
    </button>
  </li>`;
}
