import { html } from "./html.js";
import { hueOf, initials } from "./initials.js";

/**
 * A person's initials on a colour that is always the same for that person.
 *
 * @param {{user: string, name: string, small?: boolean, presence?: string | undefined}} properties
 */
export function Avatar({ user, name, small = false, presence }) {
  return html`<span class=${`avatar hue-${hueOf(user)}${small ? " small" : ""}`} aria-hidden="true">
    ${initials(name || user)}${presence && html`<i class="presence" data-presence=${presence}></i>`}
  </span>`;
}
