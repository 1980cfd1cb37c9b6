import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Field } from "./field.js";
import { Icon } from "./icons.js";
import { mayManage, mayOwn } from "../model/rights.js";
import { wordFailure } from "../model/failure-text.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/settings.js";

/**
 * Settings of the room (name, topic, description), leave and archive. The user's role decides which can be changed.
 *
 * @param {{chat: Page.Chat, room: Page.Room}} properties
 */
export default function SettingsPanel({ chat, room }) {
  const [failure, setFailure] = useState("");
  const fixed = !mayManage(room);
  /** @param {SubmitEvent} submitted */
  const save = async (submitted) => {
    submitted.preventDefault();
    const before = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (room));
    const fields = Object.fromEntries(new FormData(submitted.target));
    const changes = Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== (before[name] ?? "")));
    try {
      if (Object.keys(changes).length > 0) {
        await chat.client.api.changeRoom(room.roomId, changes);
      }
      setFailure("");
      chat.toasts.info(say("saved"));
    } catch (refused) {
      setFailure(await wordFailure(refused));
    }
  };
  return html`<div class="panel-scroll padded" role="region" tabindex="0" aria-label=${say("title")}>
    <form class="stack" onSubmit=${save}>
      <${Field} label=${say("name")}><input name="name" dir="auto" required maxlength="100" readonly=${fixed} defaultValue=${room.name} data-testid="settings-name" /><//>
      <${Field} label=${say("topic")}><input name="topic" dir="auto" maxlength="250" readonly=${fixed} defaultValue=${room.topic ?? ""} data-testid="settings-topic" /><//>
      <${Field} label=${say("description")}>
        <textarea name="description" dir="auto" rows="4" maxlength="2000" readonly=${fixed} defaultValue=${room.description ?? ""} data-testid="settings-description"></textarea>
      <//>
      <p class="error" role="alert">${failure}</p>
      ${fixed ? html`<p class="hint">${say("fixed")}</p>` : html`<div class="row"><button class="primary" data-testid="settings-save">${common("save")}</button></div>`}
    </form>
    <section class="stack settings-more">
      <p class="hint">${say(room.visibility === "private" ? "private" : "public", { id: html`<code><bdi>${room.roomId}</bdi></code>` })}</p>
      <div class="row begin">
        ${room.membership === "joined" && html`<button class="secondary" data-testid="leave" onClick=${() => leave(chat, room)}><${Icon} name="leave" />${say("leave")}</button>`}
        ${mayOwn(room) && html`<button class="secondary" data-testid="archive" onClick=${() => archive(chat, room)}><${Icon} name="archive" />${room.archived ? say("unarchive") : say("archive")}</button>`}
      </div>
    </section>
  </div>`;
}

/** @param {Page.Chat} chat @param {Page.Room} room */
function leave(chat, room) {
  chat.ask({
    kind: "confirm",
    title: say("leaveWhat", { room: room.name }),
    text: room.visibility === "private" ? say("leavePrivate") : say("leavePublic"),
    action: say("leave"),
    act: () => chat.attempt(() => chat.rooms.leave(room.roomId)),
  });
}

/** @param {Page.Chat} chat @param {Page.Room} room */
function archive(chat, room) {
  /** @param {boolean} archived */
  const change = (archived) => chat.attempt(() => chat.client.api.changeRoom(room.roomId, { archived }));
  if (room.archived) {
    void change(false);
    return;
  }
  chat.ask({
    kind: "confirm",
    title: say("archiveWhat", { room: room.name }),
    text: say("archiveText"),
    action: say("archive"),
    act: () => change(true),
  });
}
