import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { PersonField, namedUser } from "./person-field.js";
import { wordFailure } from "../model/failure-text.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/people.js";
import { say as shell } from "../words/en/shell.js";

/** Dialog that opens a direct room. @param {{chat: Page.Chat, close: () => void}} properties */
export default function NewDirectDialog({ chat, close }) {
  const [user, setUser] = useState("");
  const [failure, setFailure] = useState("");
  /** @param {SubmitEvent} submitted */
  const open = async (submitted) => {
    submitted.preventDefault();
    try {
      const room = await chat.client.api.openDirect(await namedUser(chat.people, user));
      chat.rooms.put(room);
      close();
      chat.open(room.roomId);
    } catch (refused) {
      setFailure(await wordFailure(refused));
    }
  };
  return html`<${Dialog} title=${shell("writeTo")} testid="direct-dialog" close=${close}>
    <form onSubmit=${open} class="stack">
      <div class="person-place">
        <${Field} label=${say("to")} hint=${say("toHint")}>
          <${PersonField} chat=${chat} value=${user} required autofocus placeholder=${say("nameOrId")} data-testid="direct-user" onInput=${(/** @type {Page.Typed} */ typed) => setUser(typed.target.value)} isOffered=${(/** @type {string} */ each) => each !== chat.user} />
        <//>
      </div>
      <p class="error" role="alert" data-testid="direct-error">${failure}</p>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>${common("cancel")}</button>
        <button class="primary" data-testid="direct-open">${say("open")}</button>
      </div>
    </form>
  <//>`;
}
