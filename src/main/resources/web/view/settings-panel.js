import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Field } from "./field.js";
import { Icon } from "./icons.js";
import { mayManage, mayOwn } from "../model/rights.js";

/** What the room is called and about, and leaving it; what one may change depends on the role. */
export default function SettingsPanel({ chat, room }) {
  const [failure, setFailure] = useState("");
  const fixed = !mayManage(room);
  const save = async (submitted) => {
    submitted.preventDefault();
    const fields = Object.fromEntries(new FormData(submitted.target));
    const changes = Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== (room[name] ?? "")));
    try {
      if (Object.keys(changes).length > 0) {
        await chat.client.api.changeRoom(room.roomId, changes);
      }
      setFailure("");
      chat.toasts.info("Saved.");
    } catch (refused) {
      setFailure(refused.message);
    }
  };
  return html`<div class="panel-scroll padded" role="region" tabindex="0" aria-label="Settings of the room">
    <form class="stack" onSubmit=${save}>
      <${Field} label="Name"><input name="name" required maxlength="100" readonly=${fixed} defaultValue=${room.name} data-testid="settings-name" /><//>
      <${Field} label="Topic"><input name="topic" maxlength="250" readonly=${fixed} defaultValue=${room.topic ?? ""} data-testid="settings-topic" /><//>
      <${Field} label="Description">
        <textarea name="description" rows="4" maxlength="2000" readonly=${fixed} defaultValue=${room.description ?? ""} data-testid="settings-description"></textarea>
      <//>
      <p class="error" role="alert">${failure}</p>
      ${fixed ? html`<p class="hint">Owners and admins can change these.</p>` : html`<div class="row"><button class="primary" data-testid="settings-save">Save</button></div>`}
    </form>
    <section class="stack settings-more">
      <p class="hint">${room.visibility === "private" ? "A private room: only those who are invited know of it." : "A public room: everybody can find and join it."} Its id is <code>${room.roomId}</code>.</p>
      <div class="row begin">
        ${room.member && html`<button class="secondary" data-testid="leave" onClick=${() => leave(chat, room)}><${Icon} name="leave" />Leave</button>`}
        ${mayOwn(room) && html`<button class="secondary" data-testid="archive" onClick=${() => archive(chat, room)}><${Icon} name="archive" />${room.archived ? "Take out of the archive" : "Archive"}</button>`}
      </div>
    </section>
  </div>`;
}

function leave(chat, room) {
  chat.ask({
    kind: "confirm",
    title: `Leave ${room.name}?`,
    text: room.visibility === "private" ? "Only an invitation brings you back." : "You can join again.",
    action: "Leave",
    act: () => chat.attempt(() => chat.rooms.leave(room.roomId)),
  });
}

function archive(chat, room) {
  const change = (archived) => chat.attempt(() => chat.client.api.changeRoom(room.roomId, { archived }));
  if (room.archived) {
    change(false);
    return;
  }
  chat.ask({
    kind: "confirm",
    title: `Archive ${room.name}?`,
    text: "It can be read, and nothing is said or changed in it any more, until an owner takes it out again.",
    action: "Archive",
    act: () => change(true),
  });
}
