import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { PersonField } from "./person-field.js";

/** Opens the room that is only for two. */
export default function NewDirectDialog({ chat, close }) {
  const [user, setUser] = useState("");
  const [failure, setFailure] = useState("");
  const open = async (submitted) => {
    submitted.preventDefault();
    try {
      const room = await chat.client.api.openDirect(user.trim().replace(/^@/, ""));
      chat.rooms.put(room);
      close();
      chat.open(room.roomId);
    } catch (refused) {
      setFailure(refused.message);
    }
  };
  return html`<${Dialog} title="Write to somebody" testid="direct-dialog" close=${close}>
    <form onSubmit=${open} class="stack">
      <div class="person-place">
        <${Field} label="To" hint="Only the two of you see what is said.">
          <${PersonField} chat=${chat} value=${user} required autofocus placeholder="Name or user id" data-testid="direct-user" onInput=${(typed) => setUser(typed.target.value)} isOffered=${(each) => each !== chat.user} />
        <//>
      </div>
      <p class="error" role="alert" data-testid="direct-error">${failure}</p>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>Cancel</button>
        <button class="primary" data-testid="direct-open">Open</button>
      </div>
    </form>
  <//>`;
}
