import { useEffect, useMemo, useRef } from "preact/hooks";
import { Boundary } from "./boundary.js";
import { html, useModels } from "./html.js";
import { Composer, draftOf } from "./composer.js";
import { drawnRow } from "./drawn-row.js";
import { Message, messageLook } from "./message.js";
import { PlainMessage } from "./plain-message.js";
import { isAbout } from "../model/message-state.js";
import { Thread } from "../model/thread.js";
import { mayPost } from "../model/rights.js";

/** A message with its answers, and where one answers. */
export default function ThreadPanel({ chat, room, panel }) {
  const thread = useMemo(() => new Thread(chat.client, room.roomId, panel), []);
  const list = useRef(null);
  useModels(thread, chat.people);
  useEffect(() => () => thread.close(), []);
  useEffect(() => {
    if (thread.gone) {
      const place = draftOf(room, thread);
      const draft = chat.drafts.of(place);
      chat.drafts.keep(place, "");
      chat.loseThread(draft);
    }
  }, [thread.gone]);
  useEffect(() => {
    list.current.scrollTop = list.current.scrollHeight;
  }, [thread.loaded, thread.replies.length]);
  const changes = thread.changes();
  const replies = [...thread.replies, ...thread.pending().map((request) => pending(request, chat.user))];
  const drawn = (message) => {
    const shown = { chat, room, message, follows: false, changes: changes.filter((change) => isAbout(change, message)) };
    return drawnRow(
      message.id,
      messageLook(shown),
      () => html`<${Boundary} of=${message} instead=${() => html`<${PlainMessage} message=${message} />`}><${Message} ...${shown} inThread /><//>`,
    );
  };
  return html`
    <div class="panel-scroll messages" ref=${list} role="region" tabindex="0" aria-label="Messages of the thread">
      ${thread.root && drawn(thread.root)}
      ${replies.length > 0 && html`<p class="replies" key="replies">${replies.length === 1 ? "1 reply" : `${replies.length} replies`}</p>`}
      ${replies.map(drawn)}
      ${thread.failed && html`<p class="list-note">The thread could not be loaded. <button class="link" onClick=${() => thread.load()}>Try again</button></p>`}
    </div>
    ${mayPost(room) && thread.root && !thread.root.deleted && html`<div class="panel-foot"><${Composer} chat=${chat} room=${room} thread=${thread.root} /></div>`}
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
