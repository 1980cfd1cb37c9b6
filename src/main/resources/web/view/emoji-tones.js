import { TONES } from "../model/emoji-list.js";
import { html } from "./html.js";
import { say } from "../words/en/emoji.js";

const HAND = "\u270b";
/** @param {number} tone */
const handIn = (tone) => (tone === 0 ? HAND : `${HAND}${String.fromCodePoint(0x1f3fa + tone)}`);

/**
 * Choice of the skin tone of all emoji that have one.
 *
 * @param {{tone: number, choose: (tone: number) => void}} properties
 */
export function EmojiTones({ tone, choose }) {
  return html`<fieldset class="emoji-tones" data-testid="emoji-tones">
    <legend class="unseen">${say("tone")}</legend>
    ${TONES.map(
      (name, index) => html`<label key=${name} title=${say(name)}>
        <input type="radio" name="emoji-tone" aria-label=${say(name)} checked=${index === tone} onChange=${() => choose(index)} /><span aria-hidden="true">${handIn(index)}</span>
      </label>`,
    )}
  </fieldset>`;
}
