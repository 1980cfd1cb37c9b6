import { useRef, useState } from "preact/hooks";
import { html, useValue } from "./html.js";
import { Field } from "./field.js";
import { lineCommand } from "./line-command.js";
import { SessionNote } from "./session-note.js";
import { VersionBar } from "./version-bar.js";
import { say } from "../words/en/door.js";

/**
 * Creates the chat, which is loaded while the user types.
 *
 * @returns {Promise<import("../model/chat.js").Chat>}
 * @param {Page.Entrance} entrance
 */
const begin = (entrance) => import("./inside.js").then((inside) => inside.begin(entrance));

/** A user id as the server has it: phones begin with a capital letter. @param {string} typed */
const idOf = (typed) => typed.trim().toLowerCase();

/**
 * Text of a failure. The texts come with the chat; without it the text says that the page could not be loaded.
 *
 * @param {Page.Failure} refused
 */
async function wordsFor(refused) {
  const inside = await import("./inside.js").catch(() => null);
  return inside === null ? say("notLoaded") : inside.wordFailure(refused);
}

/**
 * Loads the chat early. A failure is ignored: the chat is loaded again when it is needed.
 *
 * @param {Page.Entrance} entrance
 */
const prepare = (entrance) => void begin(entrance).catch(() => {});

/** Sign-in form: log in, or make an account. @param {{entrance: Page.Entrance}} properties */
export function Door({ entrance }) {
  const { chat } = entrance;
  const [registering, setRegistering] = useState(false);
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement} */ (/** @type {unknown} */ (null)));
  const notice = useValue(() => chat?.notice, ...(chat ? [chat] : []));

  /** @param {SubmitEvent} submitted */
  const enter = async (submitted) => {
    submitted.preventDefault();
    const { username, password, name } = /** @type {{[name: string]: string}} */ (
      Object.fromEntries(/** @type {Iterable<[string, string]>} */ (new FormData(form.current)))
    );
    setBusy(true);
    setFailure("");
    try {
      const begun = await begin(entrance);
      const user = idOf(username);
      if (registering) {
        await begun.client.register(user, password, name.trim() || user);
      } else {
        await begun.client.logIn(user, password);
      }
      begun.entered();
    } catch (refused) {
      setFailure(await wordsFor(refused));
      setBusy(false);
    }
  };

  return html`<main class="door">
    <form ref=${form} class="door-card" data-testid="credentials" onInput=${() => prepare(entrance)} onSubmit=${enter}>
      <img class="door-mark" src="/mark.svg" alt="" width="48" height="48" />
      <h1>${registering ? say("makeAccount") : say("welcome")}</h1>
      <p class="lead">${say("lead")}</p>
      ${notice && html`<p class="foot-note door-notice" role="status" data-testid="door-notice">${notice}</p>`}
      <${Field} label=${say("userId")} hint=${registering && say("userIdHint")}>
        <input
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck=${false}
          required
          pattern="\\s*(?=\\S{2,32}\\s*$)[a-zA-Z0-9][a-zA-Z0-9_]*(?:[.\\-][a-zA-Z0-9_]+)*\\s*"
          title=${say("userIdRule")}
          dir="ltr"
          data-testid="user-id"
          autofocus
        />
      <//>
      ${
        registering &&
        html`<${Field} label=${say("name")} hint=${say("nameHint")}>
        <input name="name" autocomplete="name" maxlength="100" dir="auto" data-testid="name" />
      <//>`
      }
      <${Field} label=${say("password")} hint=${registering && say("passwordHint")}>
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
      <button class="primary" disabled=${busy} data-testid="enter">${registering ? say("makeAccount") : say("logIn")}</button>
      <button type="button" class="quiet" data-testid="other" onClick=${() => (setRegistering(!registering), setFailure(""))}>
        ${registering ? say("haveAccount") : say("newHere")}
      </button>
      <p class="hint door-hint">${say("terminal", { command: html`<code class="line-hint" dir="ltr">${lineCommand(entrance.origin)}</code>` })}</p>
    </form>
  </main>`;
}
