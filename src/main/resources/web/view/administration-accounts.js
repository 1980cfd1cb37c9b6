import { useEffect, useRef } from "preact/hooks";
import { html, useModels } from "./html.js";
import { AccountView } from "./administration-account.js";
import { ListEnd } from "./administration-list.js";
import { Avatar } from "./avatar.js";
import { SERVER_ROLES } from "../model/server-rights.js";
import { say } from "../words/en/administration.js";

/** Pause of typing after which the list is loaded. */
const PAUSE_MS = 200;

/** Accounts of the server, or the one that is open. @param {{chat: Page.Chat, administration: Page.Administration}} properties */
export function AccountsTab({ chat, administration }) {
  useModels(administration);
  const { account } = administration;
  const left = useRef(/** @type {string | null} */ (null));
  if (account) {
    left.current = account.userId;
    return html`<${AccountView} key=${account.userId} chat=${chat} administration=${administration} account=${account} />`;
  }
  return html`<${Accounts} administration=${administration} left=${left.current} />`;
}

/** @param {{administration: Page.Administration, left: string | null}} properties `left` is the account that was open, to which the focus returns */
function Accounts({ administration, left }) {
  const { accounts } = administration;
  useModels(accounts);
  const typing = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const list = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useEffect(() => {
    if (left === null) {
      void accounts.load();
    } else {
      /** @type {HTMLElement | null} */ (list.current.querySelector(`[data-user="${CSS.escape(left)}"]`))?.focus();
    }
    return () => clearTimeout(typing.current);
  }, []);
  const { q, serverRole, disabled } = accounts.filter;
  /** @param {string} typed */
  const find = (typed) => {
    clearTimeout(typing.current);
    typing.current = setTimeout(() => accounts.load({ q: typed.trim() }), PAUSE_MS);
  };
  return html`
    <div class="administration-filters">
      <input type="search" class="wide" aria-label=${say("findAccount")} placeholder=${say("findAccount")} maxlength="100" dir="auto" defaultValue=${q} data-testid="account-search" onInput=${(/** @type {Page.Typed} */ typed) => find(typed.target.value)} />
      <select aria-label=${say("role")} value=${serverRole} data-testid="account-role-filter" onChange=${(/** @type {Page.Changed} */ changed) => accounts.load({ serverRole: changed.target.value })}>
        <option value="">${say("anyRole")}</option>
        ${SERVER_ROLES.map((role) => html`<option key=${role} value=${role}>${roleName(role)}</option>`)}
      </select>
      <select aria-label=${say("state")} value=${disabled} data-testid="account-state-filter" onChange=${(/** @type {Page.Changed} */ changed) => accounts.load({ disabled: changed.target.value })}>
        <option value="">${say("anyState")}</option>
        <option value="false">${say("enabled")}</option>
        <option value="true">${say("disabled")}</option>
      </select>
    </div>
    <ul class="administration-list" ref=${list} data-list=".administration-row" data-testid="accounts">
      ${accounts.items.map((account) => html`<${Row} key=${account.userId} account=${account} open=${() => administration.open(account)} />`)}
    </ul>
    <${ListEnd} list=${accounts} none=${say("noAccounts")} />
  `;
}

/** @param {{account: Page.Account, open: () => void}} properties */
function Row({ account, open }) {
  const { userId, name, serverRole, disabled } = account;
  return html`<li>
    <button class="administration-row" data-user=${userId} data-testid=${`account-${userId}`} onClick=${open}>
      <${Avatar} user=${userId} name=${name} />
      <span class="person-text"><strong><bdi>${name}</bdi></strong><span class="hint"><bdi>@${userId}</bdi></span></span>
      <span class="tags">
        ${serverRole !== "member" && html`<span class="tag">${roleName(serverRole)}</span>`} ${disabled && html`<span class="tag" data-bad="true">${say("disabled")}</span>`}
      </span>
    </button>
  </li>`;
}

/** @param {Page.ServerRole} role */
export const roleName = (role) => say(/** @type {Parameters<typeof say>[0]} */ (`role_${role}`));
