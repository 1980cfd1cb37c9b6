import { useRef, useState } from "preact/hooks";
import { html, useValue } from "./html.js";
import { Field } from "./field.js";
import { lineCommand } from "./line-command.js";
import { SessionNote } from "./session-note.js";
import { VersionBar } from "./version-bar.js";

const NOT_LOADED = "The page could not be loaded whole. Is there a connection? Try again.";

/** Makes the chat, which is loaded while somebody types. @returns {Promise<import("../model/chat.js").Chat>} */
const begin = (entrance) => import("./inside.js").then((inside) => inside.begin(entrance));

/** As above, early. It is done again when this fails. */
const prepare = (entrance) => void begin(entrance).catch(() => {});

/** Logging in, and making an account. */
export function Door({ entrance }) {
  const { chat } = entrance;
  const [registering, setRegistering] = useState(false);
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  const notice = useValue(() => chat?.notice, ...(chat ? [chat] : []));

  const enter = async (submitted) => {
    submitted.preventDefault();
    const { username, password, name } = Object.fromEntries(new FormData(form.current));
    setBusy(true);
    setFailure("");
    try {
      const begun = await begin(entrance).catch(() => Promise.reject(new Error(NOT_LOADED)));
      if (registering) {
        await begun.client.register(username, password, name || username);
      } else {
        await begun.client.logIn(username, password);
      }
      begun.entered();
    } catch (refused) {
      setFailure(refused.message);
      setBusy(false);
    }
  };

  return html`<main class="door">
    <form ref=${form} class="door-card" data-testid="credentials" onInput=${() => prepare(entrance)} onSubmit=${enter}>
      <img class="door-mark" src="/mark.svg" alt="" width="48" height="48" />
      <h1>${registering ? "Make an account" : "Welcome to Parlance"}</h1>
      <p class="lead">Every message, once, in order.</p>
      ${notice && html`<p class="foot-note door-notice" role="status" data-testid="door-notice">${notice}</p>`}
      <${Field} label="User id" hint=${registering && "Small letters and digits, such as alice or bob.b; others mention you by it."}>
        <input
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck=${false}
          required
          pattern="(?=.{2,32}$)[a-z0-9][a-z0-9_]*(?:[.\\-][a-z0-9_]+)*"
          title="2 to 32 of a-z, 0-9, dot, dash and underscore, no dot or dash at the end or after another"
          data-testid="user-id"
          autofocus
        />
      <//>
      ${registering &&
      html`<${Field} label="Your name" hint="As others see it.">
        <input name="name" autocomplete="name" maxlength="100" data-testid="name" />
      <//>`}
      <${Field} label="Password" hint=${registering && "8 characters or more; the usual ones are refused."}>
        <input
          name="password"
          type="password"
          autocomplete=${registering ? "new-password" : "current-password"}
          required
          minlength="8"
          maxlength="128"
          data-testid="password"
        />
      <//>
      <${SessionNote} storage=${entrance.storage} />
      ${chat && html`<${VersionBar} chat=${chat} />`}
      <p class="error" role="alert" data-testid="door-error">${failure}</p>
      <button class="primary" disabled=${busy} data-testid="enter">${registering ? "Make an account" : "Log in"}</button>
      <button type="button" class="quiet" data-testid="other" onClick=${() => (setRegistering(!registering), setFailure(""))}>
        ${registering ? "I have an account" : "New here? Make an account"}
      </button>
      <p class="hint door-hint">From a terminal: <code class="line-hint">${lineCommand(entrance.origin)}</code></p>
    </form>
  </main>`;
}
