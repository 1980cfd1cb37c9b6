import { useRef, useState } from "preact/hooks";
import { html, useValue } from "./html.js";
import { Field } from "./field.js";
import { lazy } from "./lazy.js";
import { lineCommand } from "./line-command.js";
import { SessionNote } from "./session-note.js";
import { VersionBar } from "./version-bar.js";
import { say } from "../words/en/door.js";

/** Forms of people without an account or a password. */
export const Newcomer = lazy(() => import("./newcomer.js"));

/**
 * Creates the chat, which is loaded while the user types.
 *
 * @returns {Promise<import("../model/chat.js").Chat>}
 * @param {Page.Entrance} entrance
 */
export const begin = (entrance) => import("./inside.js").then((inside) => inside.begin(entrance));

/** A user id as the server has it: phones begin with a capital letter. @param {string} typed */
export const idOf = (typed) => typed.trim().toLowerCase();

/**
 * Text of a failure. The texts come with the chat; without it the text says that the page could not be loaded.
 *
 * @param {Page.Failure} refused
 */
export async function wordsFor(refused) {
  const inside = await import("./inside.js").catch(() => null);
  return inside === null ? say("notLoaded") : inside.wordFailure(refused);
}

/**
 * Card with a form of the door, whose failures it shows. The chat is loaded early; a failure of that is ignored, since
 * the chat is loaded again when it is needed.
 *
 * @param {{entrance: Page.Entrance, title: string, lead: string, action: string | false, other: string, turn: () => void,
 *   enter: (fields: {[name: string]: string}, chat: Page.Chat) => Promise<unknown>, children: Page.Children}} properties `action` is the text of the
 *   button that submits, and `other` that of one that turns to something else
 */
export function DoorCard({ entrance, title, lead, action, other, turn, enter, children }) {
  const { chat } = entrance;
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement} */ (/** @type {unknown} */ (null)));
  const notice = useValue(() => chat?.notice, ...(chat ? [chat] : []));

  /** @param {SubmitEvent} submitted */
  const submit = async (submitted) => {
    submitted.preventDefault();
    const fields = Object.fromEntries(/** @type {Iterable<[string, string]>} */ (new FormData(form.current)));
    setBusy(true);
    setFailure("");
    try {
      await enter(fields, await begin(entrance));
    } catch (refused) {
      setFailure(await wordsFor(refused));
      setBusy(false);
    }
  };

  return html`<main class="door">
    <form ref=${form} class="door-card" data-testid="credentials" onInput=${() => void begin(entrance).catch(() => {})} onSubmit=${submit}>
      <img class="door-mark" src="/mark.svg" alt="" width="48" height="48" />
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
      ${notice && html`<p class="foot-note door-notice" role="status" data-testid="door-notice">${notice}</p>`}
      ${children}
      <${SessionNote} storage=${entrance.storage} />
      ${chat && html`<${VersionBar} chat=${chat} />`}
      <p class="error" role="alert" data-testid="door-error">${failure}</p>
      ${action && html`<button class="primary" disabled=${busy} data-testid="enter">${action}</button>`}
      <button type="button" class="quiet" data-testid="other" onClick=${turn}>${other}</button>
      <p class="hint door-hint">${say("terminal", { command: html`<code class="line-hint" dir="ltr">${lineCommand(entrance.origin)}</code>` })}</p>
    </form>
  </main>`;
}

/** Field for the user's id. @param {{hint?: string}} properties */
export function UserIdField({ hint }) {
  return html`<${Field} label=${say("userId")} hint=${hint}>
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
  <//>`;
}

/** Field for a password, the user's or a new one. @param {{autocomplete: string, hint?: string}} properties */
export function PasswordField({ autocomplete, hint }) {
  return html`<${Field} label=${say("password")} hint=${hint}>
    <input name="password" type="password" autocomplete=${autocomplete} required minlength="8" maxlength="128" data-testid="password" />
  <//>`;
}

/** Sign-in form. @param {{entrance: Page.Entrance}} properties */
export function Door({ entrance }) {
  const [isNew, setNew] = useState(false);
  if (isNew) {
    return html`<${Newcomer} entrance=${entrance} leave=${() => setNew(false)} />`;
  }
  return html`<${DoorCard}
    entrance=${entrance}
    title=${say("welcome")}
    lead=${say("lead")}
    action=${say("logIn")}
    other=${say("newHere")}
    turn=${() => setNew(true)}
    enter=${async (/** @type {{[name: string]: string}} */ { username, password }, /** @type {Page.Chat} */ chat) => {
      await chat.client.logIn(idOf(username), password);
      chat.entered();
    }}
  >
    <${UserIdField} />
    <${PasswordField} autocomplete="current-password" />
  <//>`;
}
