import { html } from "./html.js";
import { hueOf, initials } from "./initials.js";

/**
 * A person's initials on a colour that depends on the user id alone.
 *
 * @param {{user: string, name: string, small?: boolean, presence?: string | undefined}} properties
 */
export function Avatar({ user, name, small = false, presence }) {
  return html`<span class=${small ? "avatar small" : "avatar"} style=${{ background: `var(--person-${hueOf(user)})` }} aria-hidden="true">
    ${initials(name || user)}${presence && html`<i class="presence" data-presence=${presence}></i>`}
  </span>`;
}
