import { useEffect } from "preact/hooks";
import { html, useModels } from "./html.js";
import { ListEnd } from "./administration-list.js";
import { ago, exactTime } from "./time.js";
import { AUDIT_ACTIONS } from "../model/audit-actions.js";
import { say } from "../words/en/administration.js";

/** Audit trail of the server, the newest entry first. @param {{administration: Page.Administration}} properties */
export function AuditTab({ administration }) {
  const { audit } = administration;
  useModels(audit);
  useEffect(() => void audit.load(), []);
  return html`
    <div class="administration-filters">
      <select aria-label=${say("act")} value=${audit.filter.action} data-testid="audit-filter" onChange=${(/** @type {Page.Changed} */ changed) => audit.load({ action: changed.target.value })}>
        <option value="">${say("anyAct")}</option>
        ${AUDIT_ACTIONS.map((action) => html`<option key=${action} value=${action}>${nameOf(action)}</option>`)}
      </select>
    </div>
    <ol class="administration-list" data-list=".administration-list > li" data-testid="audit">
      ${audit.items.map((entry) => html`<${Entry} key=${entry.auditId} entry=${entry} />`)}
    </ol>
    <${ListEnd} list=${audit} none=${say("noEntries")} />
  `;
}

/** @param {{entry: Page.AuditEntry}} properties */
function Entry({ entry }) {
  const { at, actor, action, subject, detail } = entry;
  return html`<li class="audit-entry" tabindex="-1" data-testid="audit-entry">
    <span class="person-text">
      <strong>${nameOf(action)}</strong>
      <span class="hint wrapped"><bdi>${subject}</bdi>${detail && html` · <bdi>${detail}</bdi>`}</span>
    </span>
    <span class="audit-by hint">
      ${actor === undefined ? say("nobody") : html`<bdi>@${actor}</bdi>`}
      <time datetime=${at} title=${exactTime(at)}>${ago(at)}</time>
    </span>
  </li>`;
}

/** Name of an act; one that the page does not know, of a newer server, has its own. @param {string} action */
const nameOf = (action) => say(/** @type {Parameters<typeof say>[0]} */ (`act_${action}`)) || action;
