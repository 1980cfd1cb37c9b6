import { useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { PersonField } from "./person-field.js";

/** Makes a room and opens it. */
export default function NewRoomDialog({ chat, close, name = "" }) {
  const [failure, setFailure] = useState("");
  const [id, setId] = useState(idOf(name));
  const [idTyped, setIdTyped] = useState(false);
  const [members, setMembers] = useState("");
  const form = useRef(null);
  const create = async (submitted) => {
    submitted.preventDefault();
    const fields = new FormData(form.current);
    try {
      const room = await chat.client.api.createRoom({
        roomId: String(fields.get("id")),
        ...present({ name: fields.get("name"), topic: fields.get("topic") }),
        members: members.split(/[\s,]+/).map((user) => user.replace(/^@/, "")).filter(Boolean),
        visibility: fields.get("visibility"),
      });
      chat.rooms.put(room);
      close();
      chat.open(room.roomId);
    } catch (refused) {
      setFailure(refused.message);
    }
  };
  return html`<${Dialog} title="New room" testid="room-dialog" close=${close}>
    <form ref=${form} onSubmit=${create} class="stack">
      <${Field} label="Name">
        <input name="name" maxlength="100" autofocus defaultValue=${name} placeholder="The garden" data-testid="room-name" onInput=${(typed) => idTyped || setId(idOf(typed.target.value))} />
      <//>
      <${Field} label="Id" hint="In links and commands; it stays as it is.">
        <input
          name="id"
          required
          pattern="(?!dm-)[a-z0-9][a-z0-9_\\-]{0,63}"
          title="a-z, 0-9, dash and underscore"
          autocapitalize="none"
          spellcheck=${false}
          placeholder="the-garden"
          value=${id}
          data-testid="room-id"
          onInput=${(typed) => (setIdTyped(true), setId(typed.target.value))}
        />
      <//>
      <${Field} label="Topic"><input name="topic" maxlength="250" placeholder="What it is about" data-testid="new-topic" /><//>
      <${Field} label="Members" hint="With spaces between them.">
        <${PersonField} several chat=${chat} value=${members} placeholder="Names or user ids" data-testid="room-members" onInput=${(typed) => setMembers(typed.target.value)} isOffered=${(user) => user !== chat.user && !members.split(/[\s,@]+/).includes(user)} />
      <//>
      <fieldset class="choice">
        <legend class="field-label">Who may see it</legend>
        <label><input type="radio" name="visibility" value="public" defaultChecked data-testid="room-public" /> <span><strong>Public</strong><span class="hint">Everybody can find and join it.</span></span></label>
        <label><input type="radio" name="visibility" value="private" data-testid="room-private" /> <span><strong>Private</strong><span class="hint">Only those who are invited know of it.</span></span></label>
      </fieldset>
      <p class="error" role="alert" data-testid="room-error">${failure}</p>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>Cancel</button>
        <button class="primary" data-testid="room-create">Create the room</button>
      </div>
    </form>
  <//>`;
}

/** An id that looks like the name. */
function idOf(name) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").replace(/^dm-/, "").slice(0, 64);
}

/** Those that are filled in. */
const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
