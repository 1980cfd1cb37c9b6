import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { completionAt, suggestions } from "./completion.js";
import { applyEdit } from "./field-edits.js";
import { say } from "../words/en/room.js";

/** Time after the field has lost the focus in which a click on a choice still counts. */
const FORGET_AFTER_MS = 150;
/**
 * @typedef {import("./completion.js").Suggestion} Suggestion
 * @typedef {{at: import("./completion.js").Completion | null, all: Suggestion[], chosen: number}} Choices
 */

/** A single value, so that a key without completions causes no redraw. @type {Choices} */
const NONE = { at: null, all: [], chosen: 0 };

/**
 * Completions of the text in a field: names, emoji and commands.
 *
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 * @param {Page.Field} field
 */
export function useCompletions(chat, room, field) {
  const [choices, setChoices] = useState(NONE);
  /** Number of the newest request, because answers may arrive in another order. */
  const asked = useRef(0);
  /** @param {string} [inputType] of the event of the field */
  const complete = async (inputType) => {
    const count = ++asked.current;
    const { value, selectionEnd } = field.current;
    const at = completionAt(value, selectionEnd);
    const all = at ? await suggestions(at, chat, room) : [];
    // The text may be sent or the field gone by then.
    const isThere = field.current?.value === value && field.current.selectionEnd === selectionEnd;
    if (count !== asked.current || !isThere) {
      return;
    }
    if (at?.closed) {
      setChoices(NONE);
      // A name that is there again because its emoji was undone is meant as it is.
      if (all.length > 0 && inputType !== "historyUndo") {
        take(all[0], at);
      }
    } else {
      setChoices(all.length === 0 ? NONE : { at, all, chosen: 0 });
    }
  };
  useEffect(() => {
    // Members may become known only after the name was begun.
    const again = () =>
      document.activeElement === field.current &&
      completionAt(field.current.value, field.current.selectionEnd)?.sign === "@" &&
      complete();
    chat.people.addEventListener("change", again);
    return () => chat.people.removeEventListener("change", again);
  }, []);
  /** @param {Suggestion} choice */
  const take = (choice, at = /** @type {import("./completion.js").Completion} */ (choices.at)) => {
    const caret = at.start + choice.text.length;
    choice.taken?.();
    applyEdit(field.current, { from: at.start, to: field.current.selectionEnd, text: choice.text, select: [caret, caret] });
    setChoices(NONE);
  };
  return {
    choices,
    isOpen: choices.all.length > 0,
    complete,
    take,
    close: () => setChoices(NONE),
    /** Closes them unless the focus comes back. */
    forget: () => setTimeout(() => document.activeElement !== field.current && setChoices(NONE), FORGET_AFTER_MS),
    /** @returns {boolean} true when the key was for the completions */
    onKey: (/** @type {KeyboardEvent} */ key) => choices.all.length > 0 && choose(key, choices, setChoices, take),
  };
}

/** @param {{choices: Choices, take: (choice: Suggestion) => void}} properties */
export function Completions({ choices, take }) {
  const list = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useLayoutEffect(() => list.current.children[choices.chosen]?.scrollIntoView({ block: "nearest" }), [choices]);
  return html`<ul class="completions" id="completions" role="listbox" aria-label=${say("completions")} tabindex="0" ref=${list} onMouseDown=${(/** @type {MouseEvent} */ pressed) => pressed.preventDefault()} data-testid="completions">
    ${choices.all.map(
      (choice, index) => html`<li
        key=${choice.key}
        id=${`completion-${index}`}
        role="option"
        aria-selected=${index === choices.chosen}
        onMouseDown=${() => take(choice)}
      >
        ${choices.at?.sign === "@" && html`<${Avatar} small user=${choice.key} name=${choice.label} />`}
        <span><bdi>${choice.label}</bdi></span><span class="hint"><bdi>${choice.detail}</bdi></span>
      </li>`,
    )}
  </ul>`;
}

/**
 * Moves within the completions, takes one or closes them. @returns {boolean} whether the key was for them
 * @param {KeyboardEvent} key
 * @param {Choices} choices
 * @param {(choices: Choices) => void} setChoices
 * @param {(choice: Suggestion) => void} take
 */
function choose(key, choices, setChoices, take) {
  const { all, chosen } = choices;
  switch (key.key) {
    case "ArrowDown":
      setChoices({ ...choices, chosen: (chosen + 1) % all.length });
      return true;
    case "ArrowUp":
      setChoices({ ...choices, chosen: (chosen + all.length - 1) % all.length });
      return true;
    case "Enter":
    case "Tab":
      take(all[chosen]);
      return true;
    case "Escape":
      setChoices(NONE);
      return true;
    default:
      return false;
  }
}
