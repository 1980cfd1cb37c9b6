import { useEffect, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { ago, exactTime } from "./time.js";

/** This browser's preferences, the password, where one is logged in, and logging out. */
export default function AccountDialog({ chat, close }) {
  return html`<${Dialog} title="Your account" testid="account-dialog" close=${close}>
    <div class="who">
      <${Avatar} user=${chat.user} name=${chat.people.name(chat.user)} />
      <span class="person-text"><strong>${chat.people.name(chat.user)}</strong><span class="hint">@${chat.user}</span></span>
    </div>
    <${Preferences} preferences=${chat.preferences} />
    <${Password} chat=${chat} />
    <${Sessions} chat=${chat} />
    <div class="row dialog-foot">
      <button class="secondary" data-testid="log-out-everywhere" onClick=${() => chat.logOut({ everywhere: true })}>Log out everywhere</button>
      <button class="primary" data-testid="log-out" onClick=${() => chat.logOut()}>Log out</button>
    </div>
  <//>`;
}

function Preferences({ preferences }) {
  useModels(preferences);
  const themes = [["system", "System"], ["light", "Light"], ["dark", "Dark"]];
  return html`<section class="stack">
    <fieldset class="segments">
      <legend class="field-label">Appearance</legend>
      ${themes.map(
        ([theme, label]) => html`<label key=${theme}>
          <input type="radio" name="theme" checked=${preferences.theme === theme} onChange=${() => (preferences.theme = theme)} data-testid=${`theme-${theme}`} />
          <span>${label}</span>
        </label>`,
      )}
    </fieldset>
    <label class="check">
      <input type="checkbox" checked=${preferences.notify} onChange=${(changed) => preferences.setNotify(changed.target.checked)} data-testid="notify" />
      <span>Notify me of direct messages and mentions<span class="hint">The browser asks you too.</span></span>
    </label>
  </section>`;
}

function Password({ chat }) {
  const [failure, setFailure] = useState("");
  const change = async (submitted) => {
    submitted.preventDefault();
    const form = submitted.target;
    const { password, newPassword } = Object.fromEntries(new FormData(form));
    try {
      await chat.client.api.changePassword(password, newPassword);
      setFailure("");
      form.reset();
      form.closest("details").open = false;
      chat.toasts.info("The password is changed, and everything else is logged out.");
    } catch (refused) {
      setFailure(refused.message);
    }
  };
  return html`<details class="fold">
    <summary data-testid="password-fold"><${Icon} name="lock" />Change the password<${Icon} name="unfold" /></summary>
    <form class="stack" onSubmit=${change}>
      <input hidden name="username" autocomplete="username" value=${chat.user} readonly />
      <${Field} label="Password of now"><input name="password" type="password" required autocomplete="current-password" data-testid="old-password" /><//>
      <${Field} label="New password" hint="8 characters or more.">
        <input name="newPassword" type="password" required minlength="8" maxlength="128" autocomplete="new-password" data-testid="new-password" />
      <//>
      <p class="error" role="alert" data-testid="password-error">${failure}</p>
      <div class="row"><button class="secondary" data-testid="change-password">Change</button></div>
    </form>
  </details>`;
}

/** Where the user is logged in, with a way to end each. */
function Sessions({ chat }) {
  const [sessions, setSessions] = useState([]);
  const load = async () => setSessions((await chat.attempt(() => chat.client.api.sessions())) ?? []);
  useEffect(() => {
    load();
  }, []);
  return html`<details class="fold">
    <summary data-testid="sessions-fold"><${Icon} name="device" />Where you are logged in<span class="badge">${sessions.length}</span><${Icon} name="unfold" /></summary>
    <ul class="sessions" data-list=".sessions > li" data-testid="sessions">
      ${sessions.map(
        ({ sessionId, agent, usedAt, createdAt, current }) => html`<li key=${sessionId}>
          <span class="person-text">
            <strong title=${agent}>${agentName(agent)}</strong>
            <span class="hint" title=${`Logged in on ${exactTime(createdAt)}`}>${current ? "This browser" : `Used ${ago(usedAt)}`}</span>
          </span>
          ${!current &&
          html`<button class="secondary small" data-testid="end-session" aria-label=${`Log out ${agentName(agent)}`} onClick=${() => chat.attempt(() => chat.client.api.endSession(sessionId)).then(load)}>
            Log out
          </button>`}
        </li>`,
      )}
    </ul>
  </details>`;
}

const BROWSERS = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
const SYSTEMS = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "macOS"], ["Linux", "Linux"]];

/** What people call the program that says this of itself. */
function agentName(agent) {
  const of = (names) => names.find(([part]) => agent.includes(part))?.[1];
  const browser = of(BROWSERS);
  const system = of(SYSTEMS);
  return browser ? `${browser}${system ? ` on ${system}` : ""}` : agent.split(" ")[0] || "A terminal or program";
}
