import { useEffect, useMemo, useRef } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Composer } from "./composer.js";
import { Message } from "./message.js";
import { Thread } from "../model/thread.js";
import { mayPost } from "../model/rights.js";

/** A message with its answers, and where one answers. */
export default function ThreadPanel({ chat, room, panel }) {
  const thread = useMemo(() => new Thread(chat.client, room.roomId, panel.seq), []);
  const list = useRef(null);
  useModels(thread, chat.people);
  useEffect(() => () => thread.close(), []);
  useEffect(() => {
    list.current.scrollTop = list.current.scrollHeight;
  }, [thread.loaded, thread.replies.length]);
  const changes = thread.changes();
  const replies = [...thread.replies, ...thread.pending().map((request) => pending(request, chat.user))];
  const drawn = (message) => html`<${Message}
    key=${message.id}
    chat=${chat}
    room=${room}
    message=${message}
    follows=${false}
    inThread
    changes=${changes.filter((change) => change.fields.seq === message.seq)}
  />`;
  return html`
    <div class="panel-scroll messages" ref=${list} role="region" tabindex="0" aria-label="Messages of the thread">
      ${thread.root && drawn(thread.root)}
      ${replies.length > 0 && html`<p class="replies" key="replies">${replies.length === 1 ? "1 reply" : `${replies.length} replies`}</p>`}
      ${replies.map(drawn)}
      ${thread.failed && html`<p class="list-note">The thread did not come. <button class="link" onClick=${() => thread.load()}>Try again</button></p>`}
    </div>
    ${mayPost(room) && thread.root && !thread.root.deleted && html`<div class="panel-foot"><${Composer} chat=${chat} room=${room} thread=${panel.seq} /></div>`}
  `;
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
