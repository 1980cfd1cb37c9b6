import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { wordFailure } from "../model/failure-text.js";
import { MAX_OPTIONS, MAX_OPTION_LENGTH, MIN_OPTIONS } from "../model/poll.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/pollform.js";

/** Dialog that posts a poll to the open room. @param {{chat: Page.Chat, close: () => void}} properties */
export default function PollDialog({ chat, close }) {
  const [options, setOptions] = useState(["", ""]);
  const [failure, setFailure] = useState("");
  const room = /** @type {Page.Room} */ (chat.current);
  /** @param {SubmitEvent} submitted */
  const post = async (submitted) => {
    submitted.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (submitted.target));
    const given = options.map((option) => option.trim()).filter(Boolean);
    if (given.length < MIN_OPTIONS || new Set(given).size < given.length) {
      setFailure(say(given.length < MIN_OPTIONS ? "tooFew" : "twice"));
      return;
    }
    try {
      chat.writing.poll(room.roomId, String(fields.get("question")), given, fields.get("multiple") !== null);
      close();
    } catch (refused) {
      setFailure(await wordFailure(refused));
    }
  };
  /** @param {number} place @param {string} text */
  const type = (place, text) => setOptions(options.with(place, text));
  return html`<${Dialog} title=${say("newPoll")} testid="poll-dialog" close=${close}>
    <form onSubmit=${post} class="stack">
      <${Field} label=${say("question")}>
        <input name="question" required autofocus dir="auto" data-testid="poll-question" />
      <//>
      ${options.map(
        (option, place) => html`<${Field} key=${place} label=${say("answer", { number: place + 1 })}>
          <input maxlength=${MAX_OPTION_LENGTH} dir="auto" value=${option} data-testid="poll-answer" onInput=${(/** @type {Page.Typed} */ typed) => type(place, typed.target.value)} />
        <//>`,
      )}
      ${
        options.length < MAX_OPTIONS &&
        html`<div><button type="button" class="link" data-testid="poll-add" onClick=${() => setOptions([...options, ""])}>${say("addAnswer")}</button></div>`
      }
      <label class="check"><input type="checkbox" name="multiple" data-testid="poll-multiple" /> <span>${say("multiple")}</span></label>
      <p class="error" role="alert" data-testid="poll-error">${failure}</p>
      <div class="row">
        <button type="button" class="secondary" onClick=${close}>${common("cancel")}</button>
        <button class="primary" data-testid="poll-post">${say("post")}</button>
      </div>
    </form>
  <//>`;
}
