import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Confirmation } from "./administration-confirmation.js";
import { Avatar } from "./avatar.js";
import { Field } from "./field.js";
import { isLost } from "./focus.js";
import { IconButton } from "./icons.js";
import { LinkCard } from "./link-card.js";
import { ago } from "./time.js";
import { wordFailure } from "../model/failure-text.js";
import { linkTo } from "../model/administration.js";
import { givenRoles, isAbove } from "../model/server-rights.js";
import { say } from "../words/en/administration.js";
import { format } from "../words/words.js";

/** @typedef {{title: string, text: string, action: string, act: () => Promise<unknown>}} Question */

/**
 * One account, with the acts that the user may do on it.
 *
 * @param {{chat: Page.Chat, administration: Page.Administration, account: Page.Account}} properties
 */
export function AccountView({ chat, administration, account }) {
  const { userId, name, email, serverRole, disabled, createdAt, usedAt } = account;
  const heading = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useEffect(() => {
    // The element that had it is gone: the row of the list, or the button of an act that is done.
    if (isLost()) {
      heading.current.focus();
    }
  }, [serverRole, disabled]);
  const mayAct = isAbove(administration.role, serverRole);
  return html`<section class="stack" aria-labelledby="account-name" data-testid="account-view">
    <div class="who">
      <${IconButton} icon="back" label=${say("allAccounts")} testid="account-back" onClick=${() => administration.open(null)} />
      <${Avatar} user=${userId} name=${name} />
      <h3 id="account-name" class="person-text" tabindex="-1" ref=${heading}><strong><bdi>${name}</bdi></strong><span class="hint"><bdi>@${userId}</bdi></span></h3>
    </div>
    <dl class="administration-facts">
      <${Fact} name=${say("role")} value=${say(/** @type {Parameters<typeof say>[0]} */ (`role_${serverRole}`))} testid="account-role" />
      <${Fact} name=${say("state")} value=${disabled ? say("disabled") : say("enabled")} testid="account-state" />
      ${email && html`<${Fact} name=${say("mail")} value=${html`<bdi>${email}</bdi>`} testid="account-mail" />`}
      <${Fact} name=${say("since")} value=${format("DateTimeFormat", { dateStyle: "medium" }).format(new Date(createdAt))} testid="account-since" />
      <${Fact} name=${say("lastUsed")} value=${usedAt ? ago(usedAt) : say("never")} testid="account-used" />
    </dl>
    ${
      mayAct
        ? html`<${Acts} chat=${chat} administration=${administration} account=${account} />`
        : html`<p class="hint" data-testid="account-above">${say("above")}</p>`
    }
  </section>`;
}

/** @param {{name: string, value: Page.Children, testid: string}} properties */
function Fact({ name, value, testid }) {
  return html`<div>
    <dt>${name}</dt>
    <dd data-testid=${testid}>${value}</dd>
  </div>`;
}

/** @param {{chat: Page.Chat, administration: Page.Administration, account: Page.Account}} properties */
function Acts({ chat, administration, account }) {
  const { name, serverRole, disabled } = account;
  const [question, setQuestion] = useState(/** @type {Question | null} */ (null));
  const [failure, setFailure] = useState("");
  const isOwn = account.userId === administration.user;
  /** @param {() => Promise<unknown>} act @param {string} [done] */
  const run = async (act, done) => {
    setFailure("");
    try {
      await act();
      if (done !== undefined) {
        chat.toasts.info(done);
      }
    } catch (refused) {
      setFailure(await wordFailure(refused));
    }
  };
  /** @param {Page.ServerRole} role */
  const askRole = (role) =>
    setQuestion({
      title: say("makeWhat", { name, role: say(/** @type {Parameters<typeof say>[0]} */ (`role_${role}`)) }),
      text: say(/** @type {Parameters<typeof say>[0]} */ (`may_${role}`)),
      action: say("changeRole"),
      act: () => run(() => administration.change({ serverRole: role }), say("roleChanged")),
    });
  return html`
    ${question && html`<${Confirmation} ...${question} close=${() => setQuestion(null)} />`}
    <div class="stack" hidden=${question !== null}>
      <${Field} label=${say("roleOnServer")} hint=${say(/** @type {Parameters<typeof say>[0]} */ (`may_${serverRole}`))}>
        <select value=${serverRole} data-testid="change-role" onChange=${(/** @type {Page.Changed} */ changed) => {
          const role = /** @type {Page.ServerRole} */ (changed.target.value);
          changed.target.value = serverRole;
          askRole(role);
        }}>
          ${givenRoles(administration.role).map((role) => html`<option key=${role} value=${role}>${say(/** @type {Parameters<typeof say>[0]} */ (`role_${role}`))}</option>`)}
        </select>
      <//>
      ${isOwn ? html`<p class="hint">${say("own")}</p>` : html`<${OthersActs} administration=${administration} account=${account} run=${run} ask=${setQuestion} />`}
      <p class="error" role="alert" data-testid="account-error">${failure}</p>
    </div>
    ${
      administration.resetCode !== null &&
      html`<${LinkCard}
        chat=${chat}
        administration=${administration}
        link=${linkTo(chat.origin, administration.resetCode)}
        title=${say("resetReady")}
        text=${say("resetText", { name })}
      />`
    }
    ${disabled && html`<p class="hint">${say("disabledText")}</p>`}
  `;
}

/**
 * Acts on the account of somebody else.
 *
 * @param {{administration: Page.Administration, account: Page.Account, run: (act: () => Promise<unknown>, done?: string) => Promise<void>,
 *   ask: (question: Question) => void}} properties
 */
function OthersActs({ administration, account, run, ask }) {
  const { name, disabled } = account;
  return html`<div class="row begin">
    ${
      !disabled &&
      html`<button class="secondary" data-testid="reset-password" onClick=${() => run(() => administration.resetPassword())}>${say("resetPassword")}</button>
      <button
        class="secondary"
        data-testid="end-sessions"
        onClick=${() =>
          ask({
            title: say("endSessionsOf", { name }),
            text: say("endSessionsText"),
            action: say("endSessions"),
            act: () => run(() => administration.endSessions(), say("sessionsEnded")),
          })}
      >
        ${say("endSessions")}
      </button>
      <button
        class="secondary dangerous"
        data-testid="disable"
        onClick=${() =>
          ask({
            title: say("disableWhom", { name }),
            text: say("disableText"),
            action: say("disable"),
            act: () => run(() => administration.change({ disabled: true }), say("nowDisabled")),
          })}
      >
        ${say("disable")}
      </button>`
    }
    ${disabled && html`<button class="primary" data-testid="enable" onClick=${() => run(() => administration.change({ disabled: false }), say("nowEnabled"))}>${say("enable")}</button>`}
  </div>`;
}
