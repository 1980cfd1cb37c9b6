import { useState } from "preact/hooks";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { html } from "./html.js";
import { beginOf, dayOf } from "../model/days.js";

/** Leads to the first message of a day, of the reader's time zone. */
export default function DateDialog({ chat, room, at, close }) {
  const [day, setDay] = useState(dayOf(new Date(at)));
  const go = (submitted) => {
    submitted.preventDefault();
    close();
    chat.jumps.toDay(room, beginOf(day));
  };
  return html`<${Dialog} title="Jump to a date" testid="date-dialog" close=${close}>
    <form class="date-form" onSubmit=${go}>
      <${Field} label="Day" hint="You come to the first message of that day, or of the next day with one.">
        <input type="date" required autofocus value=${day} max=${dayOf(new Date())} data-testid="date" onInput=${(typed) => setDay(typed.target.value)} />
      <//>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>Cancel</button>
        <button class="primary" data-testid="go-to-date" disabled=${!day}>Go there</button>
      </div>
    </form>
  <//>`;
}
