import { useEffect, useState } from "preact/hooks";
import { html, useValue } from "./html.js";
import { begin, DoorCard, idOf, PasswordField, UserIdField } from "./door.js";
import { Field } from "./field.js";
import { codeIn } from "../model/link-code.js";
import { say } from "../words/en/newcomer.js";

/** @typedef {{[name: string]: string}} Fields of a form */

/**
 * Forms of people who cannot log in: registration, by the server's rules, and what a link opens, which is an account by
 * invite, the first owner or a new password.
 *
 * @param {{entrance: Page.Entrance, leave?: () => void, link?: string}} properties the link is the part of the address
 *   from `#` on; `leave` shows the sign-in form, where there is no link
 */
export default function Newcomer({ entrance, link, leave = () => leaveLink(entrance) }) {
  const { chat } = entrance;
  const user = useValue(() => chat?.user, ...(chat ? [chat] : []));
  const found = link === undefined ? null : codeIn(link);
  if (link !== undefined && found === null) {
    return html`<${Statement} entrance=${entrance} title=${say("broken")} lead=${say("brokenLead")} leave=${leave} />`;
  }
  if (found?.kind === "password") {
    return html`<${Reset} entrance=${entrance} code=${found.code} leave=${leave} />`;
  }
  if (entrance.hasSession || user) {
    return html`<${LoggedIn} entrance=${entrance} leave=${leave} />`;
  }
  const Form = found?.kind === "owner" ? Owner : Registration;
  return html`<${Form} entrance=${entrance} code=${found?.code} leave=${leave} />`;
}

/** Takes the link out of the address and of the browser's history. @param {Page.Entrance} entrance */
function leaveLink(entrance) {
  history.replaceState(null, "", "/");
  entrance.changed();
}

/**
 * Card that says something, without fields.
 *
 * @param {{entrance: Page.Entrance, title: string, lead: string, leave: () => void}} properties
 */
function Statement({ entrance, title, lead, leave }) {
  return html`<${DoorCard} entrance=${entrance} title=${title} lead=${lead} action=${false} other=${say("haveAccount")} turn=${leave} />`;
}

/** Link to an account, opened by a user who has one. @param {{entrance: Page.Entrance, leave: () => void}} properties */
function LoggedIn({ entrance, leave }) {
  const { chat } = entrance;
  useEffect(() => void begin(entrance).catch(() => {}), []);
  const user = useValue(() => chat?.user ?? "", ...(chat ? [chat] : []));
  return html`<${DoorCard}
    entrance=${entrance}
    title=${say("loggedIn")}
    lead=${say("loggedInLead", { name: html`<strong><bdi>${user}</bdi></strong>` })}
    action=${say("logOut")}
    other=${say("goOn", { name: user })}
    turn=${leave}
    enter=${(/** @type {Fields} */ _, /** @type {Page.Chat} */ begun) => begun.logOut()}
  />`;
}

/**
 * @param {{entrance: Page.Entrance, code?: string, leave: () => void}} properties
 */
function Registration({ entrance, code, leave }) {
  const policy = usePolicy(entrance);
  if (policy === null) {
    return html`<${Waiting} />`;
  }
  if (policy === "closed") {
    return html`<${Statement} entrance=${entrance} title=${say("closed")} lead=${say("closedLead")} leave=${leave} />`;
  }
  const asks = policy === "invite" && code === undefined;
  return html`<${DoorCard}
    entrance=${entrance}
    title=${code === undefined ? say("makeAccount") : say("invited")}
    lead=${asks ? say("inviteLead") : code === undefined ? say("lead") : say("invitedLead")}
    action=${say("makeAccount")}
    other=${say("haveAccount")}
    turn=${leave}
    enter=${async (/** @type {Fields} */ { username, password, name, invite }, /** @type {Page.Chat} */ chat) => {
      const user = idOf(username);
      await chat.client.register(
        user,
        password,
        name.trim() || user,
        code ?? (asks ? (codeIn(invite)?.code ?? invite) : undefined),
      );
      leave();
      chat.entered();
    }}
  >
    ${
      asks &&
      html`<${Field} label=${say("invite")} hint=${say("inviteHint")}>
        <input name="invite" required autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength="500" dir="ltr" data-testid="invite-code" />
      <//>`
    }
    <${Identity} />
  <//>`;
}

/** Way in which the server takes new accounts; null until it is known. @param {Page.Entrance} entrance */
function usePolicy(entrance) {
  const [policy, setPolicy] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    begin(entrance)
      .then((chat) => chat.client.requestOpenly("GET", "/registration"))
      // Without an answer the form is shown, and the server decides.
      .then(
        ({ registration }) => setPolicy(registration),
        () => setPolicy("open"),
      );
  }, []);
  return policy;
}

function Waiting() {
  return html`<main class="door" aria-busy="true"></main>`;
}

/** @param {{entrance: Page.Entrance, code: string, leave: () => void}} properties */
function Owner({ entrance, code, leave }) {
  return html`<${DoorCard}
    entrance=${entrance}
    title=${say("owner")}
    lead=${say("ownerLead")}
    action=${say("makeAccount")}
    other=${say("haveAccount")}
    turn=${leave}
    enter=${async (/** @type {Fields} */ { username, password, name }, /** @type {Page.Chat} */ chat) => {
      const userId = idOf(username);
      await chat.client.requestOpenly("POST", "/owner", { userId, password, name: name.trim() || userId, linkCode: code });
      await chat.client.logIn(userId, password);
      leave();
      chat.entered();
    }}
  >
    <${Identity} />
  <//>`;
}

/** Fields of a new account. */
function Identity() {
  return html`<${UserIdField} hint=${say("userIdHint")} />
    <${Field} label=${say("name")} hint=${say("nameHint")}>
      <input name="name" autocomplete="name" maxlength="100" dir="auto" data-testid="name" />
    <//>
    <${PasswordField} autocomplete="new-password" hint=${say("passwordHint")} />`;
}

/** @param {{entrance: Page.Entrance, code: string, leave: () => void}} properties */
function Reset({ entrance, code, leave }) {
  return html`<${DoorCard}
    entrance=${entrance}
    title=${say("reset")}
    lead=${say("resetLead")}
    action=${say("setPassword")}
    other=${say("haveAccount")}
    turn=${leave}
    enter=${async (/** @type {Fields} */ { password }, /** @type {Page.Chat} */ chat) => {
      await chat.client.requestOpenly("POST", "/password-resets", { linkCode: code, newPassword: password });
      leave();
      if (chat.user) {
        chat.toasts.info(say("passwordSet"));
      } else {
        chat.notice = say("passwordSet");
        chat.changed();
      }
    }}
  >
    <${PasswordField} autocomplete="new-password" hint=${say("passwordHint")} />
  <//>`;
}
