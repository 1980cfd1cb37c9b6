import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, useValue } from "./html.js";
import { Door, Newcomer } from "./door.js";
import { lazy, named } from "./lazy.js";
import { LINK } from "../model/link.js";

const inside = () => import("./inside.js");
const Nothing = () => null;

const Inside = lazy(inside);
const Errands = lazy(named(inside, "Errands"), Nothing);
const Toasts = lazy(named(inside, "Toasts"), Nothing);

/**
 * The page: the sign-in form, or the rooms and the conversation of a logged-in user.
 *
 * @param {{entrance: Page.Entrance}} properties
 */
export function App({ entrance }) {
  const { chat, language } = entrance;
  const [, user, words, link] = useValue(
    () => [entrance.version, chat?.user, language.current, location.hash.startsWith(LINK) && location.hash],
    entrance,
    language,
    ...(chat ? [chat] : []),
  );
  return html`
    <${Boundary} key=${`page-${user ?? null}-${words}`} instead=${instead}>
      ${
        link
          ? html`<${Newcomer} key=${link} entrance=${entrance} link=${link} />`
          : entrance.hasSession || user
            ? html`<${Inside} entrance=${entrance} />`
            : html`<${Door} entrance=${entrance} />${entrance.hasErrands && html`<${Errands} entrance=${entrance} />`}`
      }
    <//>
    ${chat && html`<${Toasts} toasts=${chat.toasts} />`}
  `;
}
