import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html, useModels, useValue } from "./html.js";
import { Completions, useCompletions } from "./completions.js";
import { ComposerNote } from "./composer-note.js";
import { useDraftText } from "./draft-text.js";
import { NO_FILES, isFile, useDroppedFiles } from "./dropped-files.js";
import { insertText } from "./field-edits.js";
import { isTouch, useFieldKeys } from "./field-keys.js";
import { FormatBar } from "./format-bar.js";
import { readSlash } from "../model/slash.js";
import { counted, lengthOf, withoutBlankEnds } from "../model/text-limit.js";
import { Icon, IconButton } from "./icons.js";
import { excerpt } from "./quote.js";
import { codeBlockOffer } from "./pasted-lines.js";
import { useSubmit } from "./submit.js";
import { loadCommands, usageIn } from "./slash-commands.js";
import { TypingLine } from "./typing-line.js";

const MAX_ROWS_PX = 260;

/**
 * The field in which one writes a message, an answer in a thread, or another text for an own message. What is not sent is kept as a
 * draft.
 *
 * @param {{chat: any, room: any, thread?: any, alsoToRoom?: boolean}} props `thread` is the message that is answered in its
 *   panel, `alsoToRoom` whether the room shows the answer too
 */
export function Composer({ chat, room, thread, alsoToRoom }) {
  useModels(chat.preferences);
  const limits = useValue(() => chat.client.limits, chat);
  const editing = thread === undefined ? chat.writing.editing : null;
  const place = thread === undefined ? room.roomId : draftOf(room, thread);
  const field = useRef(null);
  /** The text that is being pasted. */
  const pasting = useRef("");
  const [note, setNote] = useState(null);
  const draft = useDraftText(chat, room, place, editing);
  const completions = useCompletions(chat, room, field);
  const submit = useSubmit({ chat, room, thread, alsoToRoom, editing, field, draft, setNote });
  const { text } = draft;
  const length = lengthOf(withoutBlankEnds(text), limits);
  const usage = note === null && !completions.isOpen ? usageIn(text) : null;

  useLayoutEffect(() => grow(field.current), [text, draft.field]);
  useLayoutEffect(() => void (draft.field > 0 && field.current.focus()), [draft.field]);
  useEffect(() => {
    // Whoever was led to a message is there.
    const led = thread === undefined && chat.timelines.of(room.roomId).target !== null;
    if ((matchMedia("(hover: hover)").matches && !led) || editing !== null || chat.writing.replyTo) {
      field.current.focus();
    }
  }, [editing, chat.writing.replyTo]);
  useDroppedFiles(thread === undefined, () => setNote({ kind: "error", text: NO_FILES }));

  const onInput = ({ target, inputType }) => {
    setNote(inputType === "insertFromPaste" ? codeBlockOffer(target, pasting.current) : null);
    draft.write(target.value);
    if (readSlash(target.value)?.kind === "command") {
      // What is typed may be kept as soon as its command is known to take no password.
      void loadCommands().then(() => target.isConnected && draft.write(target.value), () => {});
    }
    completions.complete(inputType);
  };
  const otherKey = (key) => {
    if (key.key === "Escape" && note !== null) {
      key.stopPropagation();
      setNote(null);
    } else if (key.key === "Escape" && (editing !== null || chat.writing.replyTo) && thread === undefined) {
      key.stopPropagation();
      chat.writing.writeNew();
    } else if (key.key === "ArrowUp" && text === "" && thread === undefined) {
      key.preventDefault();
      chat.writing.editLast(room.roomId);
    }
  };
  const { onKeyDown, format } = useFieldKeys({ field, completions, submit, otherKey });
  const onPaste = (pasted) => {
    if (isFile(pasted.clipboardData)) {
      pasted.preventDefault();
      setNote({ kind: "error", text: NO_FILES });
    }
    pasting.current = pasted.clipboardData?.getData("text/plain") ?? "";
  };

  const name = thread === undefined ? chat.rooms.title(room) : null;
  return html`<form
    class="composer"
    data-testid=${thread === undefined ? "composer" : "thread-composer"}
    onSubmit=${(submitted) => {
      submitted.preventDefault();
      completions.close();
      submit();
    }}
  >
    ${completions.isOpen && html`<${Completions} choices=${completions.choices} take=${completions.take} />`}
    ${!completions.isOpen && (note ?? usage) && html`<${ComposerNote} note=${note ?? { ...usage, kind: "usage" }} close=${() => (setNote(null), field.current.focus())} />`}
    ${thread === undefined && html`<${Context} chat=${chat} />`}
    <div class="composer-field" data-bar=${chat.preferences.formatting ? "shown" : "hidden"}>
      <textarea
        key=${draft.field}
        ref=${field}
        rows="1"
        aria-label=${name === null ? "Reply in the thread" : `Message to ${name}`}
        placeholder=${name === null ? "Reply in the thread" : `Write to ${name}`}
        enterkeyhint=${isTouch() ? "enter" : "send"}
        value=${text}
        data-testid=${thread === undefined ? "draft" : "thread-draft"}
        aria-autocomplete="list"
        aria-controls=${completions.isOpen ? "completions" : undefined}
        aria-activedescendant=${completions.isOpen ? `completion-${completions.choices.chosen}` : undefined}
        aria-invalid=${length.left < 0}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
        onPaste=${onPaste}
        onFocus=${() => editing === null && chat.drafts.enter(place)}
        onBlur=${() => {
          chat.drafts.leave(place);
          completions.forget();
        }}
      ></textarea>
      ${chat.preferences.formatting && html`<${FormatBar} id=${`formats-${place}`} format=${format} />`}
      <${Tools} chat=${chat} place=${place} isNew=${editing === null} canSend=${text.trim() !== "" && length.left >= 0} isEmpty=${text.trim() === ""} insert=${(emoji) => insertText(field.current, emoji)} />
    </div>
    ${(thread === undefined || length.isNear) &&
    html`<div class="composer-foot">
      ${thread === undefined && html`<${TypingLine} chat=${chat} room=${room} />`}
      ${length.isNear && html`<${Length} length=${length} />`}
    </div>`}
  </form>`;
}

/** Key of a thread's draft: by the stamp of the message that began it, for its seq may become another's. */
export const draftOf = (room, { stamp }) => `${room.roomId}/${stamp}`;

/** The focus, and with it the keyboard of a phone, stays in the field. */
const keepFocus = (pressed) => pressed.preventDefault();

/** Buttons beside the field. Files will have theirs before the emoji's. */
function Tools({ chat, place, isNew, canSend, isEmpty, insert }) {
  const { preferences } = chat;
  const label = isNew ? "Send" : "Save";
  return html`<div class="composer-tools">
    <button
      type="button"
      class="icon-button format-toggle"
      aria-label="Formatting"
      title="Formatting"
      aria-expanded=${preferences.formatting}
      aria-controls=${preferences.formatting ? `formats-${place}` : undefined}
      data-testid="format-toggle"
      onMouseDown=${keepFocus}
      onClick=${() => (preferences.formatting = !preferences.formatting)}
    >
      Aa
    </button>
    <${IconButton} icon="smile" label="Insert an emoji" testid="emoji" onClick=${(pressed) => chat.pickEmoji(pressed.currentTarget, insert)} />
    <button class="send" data-testid="send" aria-label=${label} title=${isTouch() ? label : `${label} (Enter)`} disabled=${isEmpty} data-blocked=${!canSend} onMouseDown=${keepFocus}>
      <${Icon} name=${isNew ? "send" : "check"} />
    </button>
  </div>`;
}

/** What is left of the longest text, or how much is too much. */
function Length({ length: { left, limit } }) {
  return left < 0
    ? html`<p class="composer-length over" role="status" data-testid="length">${counted(-left)} too long, at most ${counted(limit)}</p>`
    : html`<p class="composer-length" role="status" data-testid="length">${counted(left)} left</p>`;
}

/** The message that is answered or edited. */
function Context({ chat }) {
  const { replyTo, editing: edited } = chat.writing;
  if (!edited && !replyTo) {
    return null;
  }
  return html`<p class="composer-context" data-testid="composer-context">
    <${Icon} name=${edited ? "edit" : "reply"} />
    <span>
      ${edited
        ? html`<strong>Editing</strong>`
        : html`Replying to ${replyTo.sender !== undefined && html`<strong>${chat.people.name(replyTo.sender)}</strong>: `}${excerpt(replyTo)}`}
    </span>
    <${IconButton} icon="close" label="Cancel (Escape)" testid="cancel-context" onClick=${() => chat.writing.writeNew()} />
  </p>`;
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
