import { html } from "./html.js";

const HUES = 8;

/** A person's initial on a colour that is always the same for that person. */
export function Avatar({ user, name, small = false, presence }) {
  const shown = [...(name || user)][0].toUpperCase();
  return html`<span class=${`avatar hue-${hue(user)}${small ? " small" : ""}`} aria-hidden="true">
    ${shown}${presence && html`<i class="presence" data-presence=${presence}></i>`}
  </span>`;
}

function hue(user) {
  let sum = 7;
  for (const letter of user) {
    sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  }
  return sum % HUES;
}
