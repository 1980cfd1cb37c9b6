import { html, useModels } from "./html.js";
import { Dialog } from "./dialog.js";

/** The account and this browser's preferences. */
export function AccountDialog({ chat, close }) {
  useModels(chat.preferences);
  return html`<${Dialog} title="Your account" testid="account-dialog" close=${close}>
    <p class="hint">Logged in as <strong>@${chat.user}</strong>.</p>
    <${Preferences} preferences=${chat.preferences} />
    <div class="row">
      <button class="secondary" data-testid="log-out" onClick=${() => chat.logOut()}>Log out</button>
    </div>
  <//>`;
}

function Preferences({ preferences }) {
  const themes = [["system", "As the system"], ["light", "Light"], ["dark", "Dark"]];
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
