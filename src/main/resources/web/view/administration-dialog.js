import { useState } from "preact/hooks";
import { html } from "./html.js";
import { AccountsTab } from "./administration-accounts.js";
import { AuditTab } from "./administration-audit.js";
import { InvitesTab } from "./administration-invites.js";
import { Dialog } from "./dialog.js";
import { Administration } from "../model/administration.js";
import { say } from "../words/en/administration.js";

const TABS = { accounts: AccountsTab, invites: InvitesTab, audit: AuditTab };
const NAMES = /** @type {(keyof typeof TABS)[]} */ (Object.keys(TABS));

/**
 * Dialog of administrators: accounts, invites and the audit trail of the server.
 *
 * @param {{chat: Page.Chat, serverRole: Page.ServerRole, close: () => void}} properties the role of the user on the server
 */
export default function AdministrationDialog({ chat, serverRole, close }) {
  const [administration] = useState(() => new Administration(chat.client, serverRole));
  const [shown, setShown] = useState(NAMES[0]);
  const Tab = TABS[shown];
  /** @param {KeyboardEvent & {currentTarget: HTMLElement}} key */
  const onKeyDown = (key) => {
    const next = nextTab(key, NAMES.indexOf(shown), getComputedStyle(key.currentTarget).direction === "rtl");
    if (next !== undefined) {
      key.preventDefault();
      setShown(next);
      /** @type {HTMLElement | null} */ (key.currentTarget.querySelector(`#tab-${next}`))?.focus();
    }
  };
  return html`<${Dialog} wide title=${say("title")} testid="administration-dialog" close=${close}>
    <div class="tabs" role="tablist" aria-label=${say("title")} onKeyDown=${onKeyDown}>
      ${NAMES.map(
        (name) => html`<button
          key=${name}
          id=${`tab-${name}`}
          role="tab"
          aria-selected=${name === shown}
          aria-controls="administration-tab"
          tabindex=${name === shown ? 0 : -1}
          autofocus=${name === shown}
          data-testid=${`tab-${name}`}
          onClick=${() => setShown(name)}
        >
          ${say(/** @type {Parameters<typeof say>[0]} */ (`tab_${name}`))}
        </button>`,
      )}
    </div>
    <div id="administration-tab" class="administration" role="tabpanel" aria-labelledby=${`tab-${shown}`}>
      <${Tab} key=${shown} chat=${chat} administration=${administration} />
    </div>
  <//>`;
}

/** Tab to which a key leads, in the direction of reading. @param {KeyboardEvent} pressed @param {number} at @param {boolean} isTurned */
function nextTab({ key }, at, isTurned) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step !== undefined) {
    return NAMES.at((at + (isTurned ? -step : step)) % NAMES.length);
  }
  return { Home: NAMES[0], End: NAMES.at(-1) }[key];
}
