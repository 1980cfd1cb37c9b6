import { useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { PersonField, namedUsers } from "./person-field.js";
import { wordFailure } from "../model/failure-text.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/people.js";
import { say as shell } from "../words/en/shell.js";

/** Dialog that creates a room and opens it. @param {{chat: Page.Chat, close: () => void, name?: string}} properties */
export default function NewRoomDialog({ chat, close, name = "" }) {
  const [failure, setFailure] = useState("");
  const [id, setId] = useState(idOf(name));
  const [idTyped, setIdTyped] = useState(false);
  const [members, setMembers] = useState("");
  const form = useRef(/** @type {HTMLFormElement} */ (/** @type {unknown} */ (null)));
  /** @param {SubmitEvent} submitted */
  const create = async (submitted) => {
    submitted.preventDefault();
    const fields = new FormData(form.current);
    try {
      const room = await chat.client.api.createRoom({
        roomId: String(fields.get("id")),
        ...present({ name: /** @type {string} */ (fields.get("name")), topic: /** @type {string} */ (fields.get("topic")) }),
        memberIds: await namedUsers(chat.people, members),
        visibility: /** @type {"public" | "private"} */ (fields.get("visibility")),
      });
      chat.rooms.put(room);
      close();
      chat.open(room.roomId);
    } catch (refused) {
      setFailure(await wordFailure(refused));
    }
  };
  return html`<${Dialog} title=${shell("newRoom")} testid="room-dialog" close=${close}>
    <form ref=${form} onSubmit=${create} class="stack">
      <${Field} label=${say("name")}>
        <input name="name" maxlength="100" autofocus defaultValue=${name} dir="auto" placeholder=${say("namePlaceholder")} data-testid="room-name" onInput=${(/** @type {Page.Typed} */ typed) => idTyped || setId(idOf(typed.target.value))} />
      <//>
      <${Field} label=${say("id")} hint=${say("idHint")}>
        <input
          name="id"
          required
          pattern="(?!dm-)[a-z0-9][a-z0-9_\\-]{0,63}"
          title=${say("idRule")}
          dir="ltr"
          autocapitalize="none"
          spellcheck=${false}
          placeholder=${say("idPlaceholder")}
          value=${id}
          data-testid="room-id"
          onInput=${(/** @type {Page.Typed} */ typed) => (setIdTyped(true), setId(typed.target.value))}
        />
      <//>
      <${Field} label=${say("topic")}><input name="topic" maxlength="250" dir="auto" placeholder=${say("topicPlaceholder")} data-testid="new-topic" /><//>
      <${Field} label=${say("members")} hint=${say("membersHint")}>
        <${PersonField} several chat=${chat} value=${members} placeholder=${say("namesOrIds")} data-testid="room-members" onInput=${(/** @type {Page.Typed} */ typed) => setMembers(typed.target.value)} isOffered=${(/** @type {string} */ user) => user !== chat.user && !members.split(/[\s,@]+/).includes(user)} />
      <//>
      <fieldset class="choice">
        <legend class="field-label">${say("visibility")}</legend>
        <label><input type="radio" name="visibility" value="public" defaultChecked data-testid="room-public" /> <span><strong>${say("public")}</strong><span class="hint">${say("publicHint")}</span></span></label>
        <label><input type="radio" name="visibility" value="private" data-testid="room-private" /> <span><strong>${say("private")}</strong><span class="hint">${say("privateHint")}</span></span></label>
      </fieldset>
      <p class="error" role="alert" data-testid="room-error">${failure}</p>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>${common("cancel")}</button>
        <button class="primary" data-testid="room-create">${say("create")}</button>
      </div>
    </form>
  <//>`;
}

/** Room id made from the name. @param {string} name */
function idOf(name) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .replace(/^dm-/, "")
    .slice(0, 64);
}

/** Fields that are not empty. @param {Record<string, string>} fields */
const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
