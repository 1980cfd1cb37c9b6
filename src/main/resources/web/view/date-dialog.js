import { useState } from "preact/hooks";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { html } from "./html.js";
import { beginOf, dayOf } from "../model/days.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/dates.js";

/**
 * Dialog that jumps to the first message of a day, in the reader's time zone.
 *
 * @param {{chat: Page.Chat, room: string, at: string, close: () => void}} properties
 */
export default function DateDialog({ chat, room, at, close }) {
  const [day, setDay] = useState(dayOf(new Date(at)));
  /** @param {SubmitEvent} submitted */
  const go = (submitted) => {
    submitted.preventDefault();
    close();
    void chat.jumps.toDay(room, /** @type {Date} */ (beginOf(day)));
  };
  return html`<${Dialog} title=${say("title")} testid="date-dialog" close=${close}>
    <form class="date-form" onSubmit=${go}>
      <${Field} label=${say("day")} hint=${say("hint")}>
        <input type="date" required autofocus value=${day} max=${dayOf(new Date())} data-testid="date" onInput=${(/** @type {Page.Typed} */ typed) => setDay(typed.target.value)} />
      <//>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>${common("cancel")}</button>
        <button class="primary" data-testid="go-to-date" disabled=${!day}>${say("go")}</button>
      </div>
    </form>
  <//>`;
}
