import { useEffect, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { ago, exactTime } from "./time.js";
import { wordFailure } from "../model/failure-text.js";
import { say } from "../words/en/account.js";
import { counted } from "../words/words.js";

/**
 * Dialog of the account: preferences for this browser, password, sessions, log-out.
 *
 * @param {{chat: Page.Chat, close: () => void}} properties
 */
export default function AccountDialog({ chat, close }) {
  return html`<${Dialog} title=${say("title")} testid="account-dialog" close=${close}>
    <div class="who">
      <${Avatar} user=${chat.user} name=${chat.people.name(chat.user)} />
      <span class="person-text"><strong><bdi>${chat.people.name(chat.user)}</bdi></strong><span class="hint"><bdi>@${chat.user}</bdi></span></span>
    </div>
    <${AdministrationButton} chat=${chat} />
    <${Languages} chat=${chat} />
    <${Preferences} preferences=${chat.preferences} />
    <${Password} chat=${chat} />
    <${Sessions} chat=${chat} />
    <div class="row dialog-foot">
      <button class="secondary" data-testid="log-out-everywhere" onClick=${() => chat.logOut({ everywhere: true })}>${say("logOutEverywhere")}</button>
      <button class="primary" data-testid="log-out" onClick=${() => chat.logOut()}>${say("logOut")}</button>
    </div>
  <//>`;
}

/** Way to the dialog of administrators, for them alone. @param {{chat: Page.Chat}} properties */
function AdministrationButton({ chat }) {
  const [serverRole, setServerRole] = useState(/** @type {Page.ServerRole | null} */ (null));
  useEffect(() => {
    // Without an answer there is no button: an administrator opens the dialog again.
    chat.client.request("GET", "/account").then(
      (own) => setServerRole(own.serverRole),
      () => {},
    );
  }, []);
  return (
    (serverRole === "owner" || serverRole === "administrator") &&
    html`<button class="secondary" data-testid="administration" onClick=${() => chat.ask({ kind: "administration", serverRole })}>
      <${Icon} name="people" />${say("administration")}
    </button>`
  );
}

/** Value of the choice "same as the browser". */
const OF_BROWSER = "";

/**
 * Choice of the page's language in this browser. Each language has its own name for itself.
 *
 * @param {{chat: Page.Chat}} properties
 */
function Languages({ chat }) {
  const { language } = chat;
  useModels(language);
  const [wasChosen] = useState(language.wasChosen);
  useEffect(() => {
    language.wasChosen = false;
  }, []);
  /** @param {string | null} chosen */
  const choose = (chosen) =>
    language.choose(chosen === OF_BROWSER ? null : chosen).catch(() => chat.toasts.error(say("languageFailed")));
  return html`<${Field} label=${say("language")}>
    <select data-testid="language" autofocus=${wasChosen} value=${language.chosen ?? OF_BROWSER} onChange=${(/** @type {Page.Changed} */ changed) => choose(changed.target.value)}>
      <option value=${OF_BROWSER}>${say("browserLanguage")}</option>
      ${language.all.map((each) => html`<option key=${each} value=${each} lang=${each}>${language.nameOf(each)}</option>`)}
    </select>
  <//>`;
}

/** @param {{preferences: Page.Preferences}} properties */
function Preferences({ preferences }) {
  useModels(preferences);
  const themes = /** @type {const} */ (["system", "light", "dark"]);
  return html`<section class="stack">
    <fieldset class="segments">
      <legend class="field-label">${say("appearance")}</legend>
      ${themes.map(
        (theme) => html`<label key=${theme}>
          <input type="radio" name="theme" checked=${preferences.theme === theme} onChange=${() => (preferences.theme = theme)} data-testid=${`theme-${theme}`} />
          <span>${say(/** @type {Parameters<typeof say>[0]} */ (`theme_${theme}`))}</span>
        </label>`,
      )}
    </fieldset>
    <label class="check">
      <input type="checkbox" checked=${preferences.notify} onChange=${(/** @type {Page.Changed} */ changed) => preferences.setNotify(changed.target.checked)} data-testid="notify" />
      <span>${say("notify")}<span class="hint">${say("notifyHint")}</span></span>
    </label>
  </section>`;
}

/** @param {{chat: Page.Chat}} properties */
function Password({ chat }) {
  const [failure, setFailure] = useState("");
  /** @param {SubmitEvent} submitted */
  const change = async (submitted) => {
    submitted.preventDefault();
    const form = submitted.target;
    const { password, newPassword } = /** @type {{[name: string]: string}} */ (
      Object.fromEntries(/** @type {Iterable<[string, string]>} */ (new FormData(form)))
    );
    try {
      await chat.client.api.changePassword(password, newPassword);
      setFailure("");
      form.reset();
      /** @type {HTMLDetailsElement} */ (form.closest("details")).open = false;
      chat.toasts.info(say("passwordChanged"));
    } catch (refused) {
      setFailure(refused.code === "auth.invalid_credentials" ? say("wrongPassword") : await wordFailure(refused));
    }
  };
  return html`<details class="fold">
    <summary data-testid="password-fold"><${Icon} name="lock" />${say("changePassword")}<${Icon} name="unfold" /></summary>
    <form class="stack" onSubmit=${change}>
      <input hidden name="username" autocomplete="username" value=${chat.user} readonly />
      <${Field} label=${say("oldPassword")}><input name="password" type="password" required autocomplete="current-password" data-testid="old-password" /><//>
      <${Field} label=${say("newPassword")} hint=${say("newPasswordHint")}>
        <input name="newPassword" type="password" required minlength="8" maxlength="128" autocomplete="new-password" data-testid="new-password" />
      <//>
      <p class="error" role="alert" data-testid="password-error">${failure}</p>
      <div class="row"><button class="secondary" data-testid="change-password">${say("change")}</button></div>
    </form>
  </details>`;
}

/** Sessions of the user, each with a button that ends it. @param {{chat: Page.Chat}} properties */
function Sessions({ chat }) {
  const [sessions, setSessions] = useState(/** @type {Page.Session[]} */ ([]));
  const load = async () => setSessions((await chat.attempt(() => chat.client.api.sessions())) ?? []);
  useEffect(() => {
    void load();
  }, []);
  return html`<details class="fold">
    <summary data-testid="sessions-fold"><${Icon} name="device" />${say("sessions")}<span class="badge">${counted(sessions.length)}</span><${Icon} name="unfold" /></summary>
    <ul class="sessions" data-list=".sessions > li" data-testid="sessions">
      ${sessions.map(
        ({ sessionId, agent, usedAt, createdAt, current }) => html`<li key=${sessionId}>
          <span class="person-text">
            <strong title=${agent}>${agentName(agent)}</strong>
            <span class="hint" title=${say("since", { time: exactTime(createdAt) })}>${current ? say("thisBrowser") : say("used", { ago: ago(usedAt) })}</span>
          </span>
          ${
            !current &&
            html`<button class="secondary small" data-testid="end-session" aria-label=${say("logOutOf", { program: agentName(agent) })} onClick=${() => chat.attempt(() => chat.client.api.endSession(sessionId)).then(load)}>
            ${say("logOut")}
          </button>`
          }
        </li>`,
      )}
    </ul>
  </details>`;
}

const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
];
const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
];

/** Name of a program for people, from its `User-Agent`. @param {string} agent */
function agentName(agent) {
  /** @param {string[][]} names */
  const of = (names) => names.find(([part]) => agent.includes(part))?.[1];
  const browser = of(BROWSERS);
  const system = of(SYSTEMS);
  if (browser) {
    return system ? say("browserOn", { browser, system }) : browser;
  }
  return agent.split(" ")[0] || say("program");
}
