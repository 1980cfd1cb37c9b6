import { useEffect, useId, useState } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { say } from "../words/en/people.js";

// Forms with names of people need both.
export { namedUser, namedUsers } from "../model/named-users.js";

const WAIT_MS = 150;
const SHOWN = 6;

/**
 * A field for the id of a user, or of several with spaces between, completed from the directory of all users by the
 * beginnings of ids and names (WAI-ARIA combobox). Takes what an input takes.
 *
 * @param {{chat: Page.Chat, value: string, onInput: (typed: {target: {value: string}}) => void, several?: boolean,
 *   isOffered?: (user: string) => boolean, taken?: (user: string) => void}} props `taken` gets a user that is chosen of the list
 */
export function PersonField({ chat, value, onInput, taken, several = false, isOffered = () => true, ...input }) {
  const [choices, setChoices] = useState({ all: /** @type {Page.User[]} */ ([]), chosen: 0 });
  const list = useId();
  const [, before, wanted] = /** @type {RegExpExecArray} */ (
    (several ? /^(.*[\s,])?@?([^\s,]*)$/ : /^(\s*)@?(.*?)\s*$/).exec(value)
  );
  const [typed, setTyped] = useState(false);
  const close = () => {
    setTyped(false);
    setChoices({ all: [], chosen: 0 });
  };
  useEffect(() => {
    if (!typed || !wanted) {
      setChoices({ all: [], chosen: 0 });
      return undefined;
    }
    let current = true;
    const waiting = setTimeout(async () => {
      const found = await chat.people.find(wanted).catch(() => []);
      if (current) {
        setChoices({ all: found.filter(({ userId }) => isOffered(userId)).slice(0, SHOWN), chosen: 0 });
      }
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [wanted, typed]);

  /** @param {{userId: string}} user */
  const take = ({ userId }) => {
    close();
    if (taken) {
      taken(userId);
      return;
    }
    onInput({ target: { value: several ? `${before ?? ""}${userId} ` : userId } });
  };
  const { all, chosen } = choices;
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const step = { ArrowDown: 1, ArrowUp: all.length - 1 }[key.key];
    if (all.length === 0) {
      return;
    }
    if (step) {
      setChoices({ all, chosen: (chosen + step) % all.length });
    } else if (all[chosen].userId === wanted && key.key === "Enter") {
      // An id that is all there needs no completion, and Enter is for the form.
      close();
      return;
    } else if (key.key === "Enter" || (key.key === "Tab" && !key.shiftKey)) {
      take(all[chosen]);
    } else if (key.key === "Escape") {
      close();
    } else {
      return;
    }
    key.preventDefault();
    key.stopPropagation();
  };
  return html`<span class="person-field">
    <input
      ...${input}
      value=${value}
      role="combobox"
      aria-autocomplete="list"
      aria-expanded=${all.length > 0}
      aria-controls=${list}
      aria-activedescendant=${all.length > 0 ? `${list}-${chosen}` : undefined}
      autocomplete="off"
      autocapitalize="none"
      spellcheck=${false}
      onInput=${(/** @type {Page.Typed} */ event) => {
        setTyped(true);
        onInput(event);
      }}
      onKeyDown=${onKeyDown}
      onBlur=${close}
    />
    <ul class="completions" id=${list} role="listbox" aria-label=${say("people")} hidden=${all.length === 0} data-testid="people-found">
      ${all.map(
        ({ userId, name }, index) => html`<li
          key=${userId}
          id=${`${list}-${index}`}
          role="option"
          aria-selected=${index === chosen}
          onMouseDown=${(/** @type {MouseEvent} */ pressed) => {
            pressed.preventDefault();
            take({ userId });
          }}
        >
          <${Avatar} small user=${userId} name=${name} /><bdi>${name}</bdi><span class="hint"><bdi>@${userId}</bdi></span>
        </li>`,
      )}
    </ul>
  </span>`;
}
