import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { completionAt, suggestions } from "./completion.js";
import { excerpt } from "./quote.js";
import { Icon, IconButton } from "./icons.js";
import { TypingLine } from "./typing-line.js";

const MAX_ROWS_PX = 260;

/** No completions; one value, so that a key without any draws nothing again. */
const NO_CHOICES = { at: null, all: [], chosen: 0 };

/**
 * Where one writes: a message, an answer in a thread, or another text for an own message. What is not sent is kept as a
 * draft.
 *
 * @param {{chat: any, room: any, thread?: any}} props `thread` is the message that is answered in its panel
 */
export function Composer({ chat, room, thread }) {
  const editing = thread === undefined ? chat.writing.editing : null;
  const place = thread === undefined ? room.roomId : draftOf(room, thread);
  const [text, setText] = useState(() => editing?.text ?? chat.drafts.of(place));
  const [choices, setChoices] = useState(NO_CHOICES);
  const field = useRef(null);
  /** Where the caret goes once a completion is drawn. */
  const caret = useRef(null);

  useLayoutEffect(() => {
    grow(field.current);
    if (caret.current !== null) {
      field.current.focus();
      field.current.setSelectionRange(caret.current, caret.current);
      caret.current = null;
    }
  }, [text]);
  useEffect(() => {
    // Whoever was led to a message is there.
    const led = thread === undefined && chat.timelines.of(room.roomId).target !== null;
    if ((matchMedia("(hover: hover)").matches && !led) || editing !== null || chat.writing.replyTo) {
      field.current.focus();
    }
  }, [editing, chat.writing.replyTo]);

  const write = (next) => {
    setText(next);
    if (editing === null) {
      chat.drafts.keep(place, next);
      if (next.trim()) {
        chat.typing.say(room.roomId);
      }
    }
  };
  const complete = async () => {
    const at = completionAt(field.current.value, field.current.selectionEnd);
    const all = at ? await suggestions(at, chat, room) : [];
    setChoices(all.length === 0 ? NO_CHOICES : { at, all, chosen: 0 });
  };
  useEffect(() => {
    const givenBack = () => editing === null && setText(chat.drafts.of(place));
    chat.drafts.addEventListener("change", givenBack);
    return () => {
      chat.drafts.removeEventListener("change", givenBack);
      chat.drafts.leave(place);
    };
  }, [place]);
  useEffect(() => {
    // Who has just come may be known only after the name was begun.
    const again = () => document.activeElement === field.current && completionAt(field.current.value, field.current.selectionEnd)?.sign === "@" && complete();
    chat.people.addEventListener("change", again);
    return () => chat.people.removeEventListener("change", again);
  }, []);
  /** After a choice may have been clicked, and unless one is back. */
  const forget = () => document.activeElement !== field.current && setChoices(NO_CHOICES);
  const take = (choice) => {
    const { value, selectionEnd } = field.current;
    const before = value.slice(0, choices.at.start) + choice.text;
    write(before + value.slice(selectionEnd));
    setChoices(NO_CHOICES);
    caret.current = before.length;
  };
  const send = () => {
    const said = text.trim();
    if (said && chat.writing.send(room.roomId, said, { editing, thread })) {
      setText("");
      if (editing === null) {
        chat.drafts.keep(place, "");
      }
    }
  };
  const onKeyDown = (key) => {
    if (key.isComposing) {
      return;
    }
    if (choices.all.length > 0 && choose(key, choices, setChoices, take)) {
      key.preventDefault();
      key.stopPropagation();
    } else if (key.key === "Enter" && !key.shiftKey) {
      key.preventDefault();
      send();
    } else if (key.key === "Escape" && (editing !== null || chat.writing.replyTo) && thread === undefined) {
      key.stopPropagation();
      chat.writing.writeNew();
    } else if (key.key === "ArrowUp" && text === "" && thread === undefined) {
      key.preventDefault();
      chat.writing.editLast(room.roomId);
    }
  };

  return html`<form
    class="composer"
    data-testid=${thread === undefined ? "composer" : "thread-composer"}
    onSubmit=${(submitted) => {
      submitted.preventDefault();
      send();
    }}
  >
    ${choices.all.length > 0 && html`<${Choices} choices=${choices} take=${take} />`}
    ${thread === undefined && html`<${Context} chat=${chat} />`}
    <div class="composer-field">
      <textarea
        ref=${field}
        rows="1"
        aria-label=${thread === undefined ? `Message to ${chat.rooms.title(room)}` : "Reply in the thread"}
        placeholder=${thread === undefined ? `Write to ${chat.rooms.title(room)}` : "Reply in the thread"}
        value=${text}
        data-testid=${thread === undefined ? "draft" : "thread-draft"}
        aria-autocomplete="list"
        aria-controls=${choices.all.length > 0 ? "completions" : undefined}
        aria-activedescendant=${choices.all.length > 0 ? `completion-${choices.chosen}` : undefined}
        onInput=${(typed) => {
          write(typed.target.value);
          complete();
        }}
        onKeyDown=${onKeyDown}
        onFocus=${() => editing === null && chat.drafts.enter(place)}
        onBlur=${() => {
          chat.drafts.leave(place);
          setTimeout(forget, 150);
        }}
      ></textarea>
      <${IconButton}
        icon="smile"
        label="Insert an emoji"
        testid="emoji"
        onClick=${(pressed) => chat.pickEmoji(pressed.currentTarget, (emoji) => write(`${field.current.value}${emoji}`))}
      />
      <button class="send" data-testid="send" aria-label=${editing === null ? "Send" : "Save"} title=${editing === null ? "Send (Enter)" : "Save (Enter)"} disabled=${!text.trim()}>
        <${Icon} name=${editing === null ? "send" : "check"} />
      </button>
    </div>
    ${thread === undefined && html`<${TypingLine} chat=${chat} room=${room} />`}
  </form>`;
}

/** Key of a thread's draft: by the stamp of the message that began it, for its seq may become another's. */
export const draftOf = (room, { stamp }) => `${room.roomId}/${stamp}`;

/** What is answered or edited. */
function Context({ chat }) {
  const { replyTo, editing: edited } = chat.writing;
  if (!edited && !replyTo) {
    return null;
  }
  return html`<p class="composer-context" data-testid="composer-context">
    <${Icon} name=${edited ? "edit" : "reply"} />
    <span>
      ${edited ? html`<strong>Editing</strong>` : html`Replying to <strong>${chat.people.name(replyTo.sender)}</strong>: ${excerpt(replyTo)}`}
    </span>
    <${IconButton} icon="close" label="Cancel (Escape)" testid="cancel-context" onClick=${() => chat.writing.writeNew()} />
  </p>`;
}

function Choices({ choices, take }) {
  return html`<ul class="completions" id="completions" role="listbox" aria-label="Completions" data-testid="completions">
    ${choices.all.map(
      (choice, index) => html`<li
        key=${choice.key}
        id=${`completion-${index}`}
        role="option"
        aria-selected=${index === choices.chosen}
        onMouseDown=${(pressed) => {
          pressed.preventDefault();
          take(choice);
        }}
      >
        ${choices.at.sign === "@" && html`<${Avatar} small user=${choice.key} name=${choice.label} />`}
        <span>${choice.label}</span><span class="hint">${choice.detail}</span>
      </li>`,
    )}
  </ul>`;
}

/** Moves within the completions, takes one or closes them. @returns {boolean} whether the key was for them */
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
      setChoices({ ...choices, all: [] });
      return true;
    default:
      return false;
  }
}

/** As tall as what is written, up to a bound. Measuring that costs a layout for each key, so a browser that can does it itself. */
function grow(field) {
  if (CSS.supports("field-sizing", "content")) {
    Object.assign(field.style, { fieldSizing: "content", height: "auto", maxHeight: `${MAX_ROWS_PX}px` });
    return;
  }
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_ROWS_PX)}px`;
}
