import { useState } from "preact/hooks";
import { Dialog, Field } from "./dialog.js";
import { html } from "./html.js";

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

/** A day as a field of dates has it, in the zone of the browser. */
function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The begin of a day in the zone of the browser. */
function beginOf(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}
