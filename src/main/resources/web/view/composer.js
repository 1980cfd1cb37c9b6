import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html, useModels, useValue } from "./html.js";
import { Completions, useCompletions } from "./completions.js";
import { ComposerNote } from "./composer-note.js";
import { useDraftText } from "./draft-text.js";
import { isFile, useDroppedFiles } from "./dropped-files.js";
import { insertText } from "./field-edits.js";
import { isTouch, useFieldKeys } from "./field-keys.js";
import { isPanelUsed } from "./focus.js";
import { FormatBar } from "./format-bar.js";
import { readSlash } from "../model/slash.js";
import { bytes, lengthOf, withoutBlankEnds } from "../model/text-limit.js";
import { Icon, IconButton } from "./icons.js";
import { excerpt } from "./quote.js";
import { codeBlockOffer } from "./pasted-lines.js";
import { useSubmit } from "./submit.js";
import { loadCommands, usageIn } from "./slash-commands.js";
import { TypingLine } from "./typing-line.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/room.js";

const MAX_ROWS_PX = 260;

/**
 * Field for a message, a reply in a thread, or the new text of an own message. Unsent text is kept as a draft.
 *
 * @param {{chat: Page.Chat, room: Page.Room, thread?: Page.Message, alsoToRoom?: boolean}} props `thread` is the message that is answered in its
 *   panel, `alsoToRoom` whether the room shows the answer too
 */
export function Composer({ chat, room, thread, alsoToRoom }) {
  useModels(chat.preferences);
  const limits = useValue(() => chat.client.limits, chat);
  const editing = thread === undefined ? chat.writing.editing : null;
  const place = thread === undefined ? room.roomId : draftOf(room, thread);
  const field = useRef(/** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (null)));
  /** Text of the current paste. */
  const pasting = useRef("");
  const [note, setNote] = useState(/** @type {Page.Note | null} */ (null));
  const draft = useDraftText(chat, room, place, editing);
  const completions = useCompletions(chat, room, field);
  const submit = useSubmit({ chat, room, thread, alsoToRoom, editing, field, draft, setNote });
  const { text } = draft;
  const length = lengthOf(withoutBlankEnds(text), limits);
  const usage = note === null && !completions.isOpen ? usageIn(text) : null;

  useLayoutEffect(() => grow(field.current), [text, draft.field]);
  useLayoutEffect(() => void (draft.field > 0 && field.current.focus()), [draft.field]);
  const replyTo = thread === undefined ? chat.writing.replyTo : null;
  useEffect(() => {
    // Whoever was led to a message is there.
    const led = thread === undefined && chat.timelines.of(room.roomId).target !== null;
    const expected = matchMedia("(hover: hover)").matches && !led && !isPanelUsed(field.current);
    if (expected || editing !== null || replyTo) {
      field.current.focus();
    }
  }, [editing, replyTo]);
  useDroppedFiles(thread === undefined, () => setNote({ kind: "error", text: say("noFiles") }));

  /** @param {Event & {target: HTMLTextAreaElement, inputType: string}} given */
  const onInput = ({ target, inputType }) => {
    setNote(inputType === "insertFromPaste" ? codeBlockOffer(target, pasting.current) : null);
    draft.write(target.value);
    if (readSlash(target.value)?.kind === "command") {
      // The text may be stored once its command is known to take no password.
      void loadCommands().then(
        () => target.isConnected && draft.write(target.value),
        () => {},
      );
    }
    void completions.complete(inputType);
  };
  /** @param {KeyboardEvent} key @param {string | undefined} called */
  const otherKey = (key, called) => {
    if (called === "cancel" && note !== null) {
      key.stopPropagation();
      setNote(null);
    } else if (called === "cancel" && (editing !== null || chat.writing.replyTo) && thread === undefined) {
      key.stopPropagation();
      chat.writing.writeNew();
    } else if (called === "edit-last" && text === "" && thread === undefined) {
      key.preventDefault();
      chat.writing.editLast(room.roomId);
    }
  };
  const { onKeyDown, format } = useFieldKeys({ field, completions, submit, otherKey });
  /** @param {ClipboardEvent} pasted */
  const onPaste = (pasted) => {
    if (isFile(pasted.clipboardData)) {
      pasted.preventDefault();
      setNote({ kind: "error", text: say("noFiles") });
    }
    pasting.current = pasted.clipboardData?.getData("text/plain") ?? "";
  };

  const name = thread === undefined ? chat.rooms.title(room) : null;
  return html`<form
    class="composer"
    data-testid=${thread === undefined ? "composer" : "thread-composer"}
    onSubmit=${(/** @type {SubmitEvent} */ submitted) => {
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
        aria-label=${name === null ? say("replyThread") : say("messageTo", { name })}
        placeholder=${name === null ? say("replyThread") : say("writeTo", { name })}
        dir="auto"
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
      <${Tools} chat=${chat} place=${place} isNew=${editing === null} canSend=${text.trim() !== "" && length.left >= 0} isEmpty=${text.trim() === ""} insert=${(/** @type {string} */ emoji) => insertText(field.current, emoji)} />
    </div>
    ${
      (thread === undefined || length.isNear) &&
      html`<div class="composer-foot">
      ${thread === undefined && html`<${TypingLine} chat=${chat} room=${room} />`}
      ${length.isNear && html`<${Length} length=${length} />`}
    </div>`
    }
  </form>`;
}

/**
 * Key of a thread's draft: by the stamp of the message that began it, for its seq may become another's.
 *
 * @param {Page.Room} room
 * @param {{stamp?: string | undefined}} first
 */
export const draftOf = (room, { stamp }) => `${room.roomId}/${stamp}`;

/** The focus, and with it the keyboard of a phone, stays in the field. @param {KeyboardEvent} pressed */
const keepFocus = (pressed) => pressed.preventDefault();

/**
 * Buttons beside the field. Files will have theirs before the emoji's.
 *
 * @param {{chat: Page.Chat, place: string, isNew: boolean, canSend: boolean, isEmpty: boolean, insert: (emoji: string) => void}} properties
 */
function Tools({ chat, place, isNew, canSend, isEmpty, insert }) {
  const { preferences } = chat;
  const label = isNew ? say("send") : common("save");
  return html`<div class="composer-tools">
    <button
      type="button"
      class="icon-button format-toggle"
      aria-label=${say("formatting")}
      title=${say("formatting")}
      aria-expanded=${preferences.formatting}
      aria-controls=${preferences.formatting ? `formats-${place}` : undefined}
      data-testid="format-toggle"
      onMouseDown=${keepFocus}
      onClick=${() => (preferences.formatting = !preferences.formatting)}
    >
      Aa
    </button>
    <${IconButton} icon="smile" label=${say("insertEmoji")} testid="emoji" onClick=${(/** @type {MouseEvent} */ pressed) => chat.pickEmoji(pressed.currentTarget, insert)} />
    <button class="send" data-testid="send" aria-label=${label} title=${isTouch() ? label : say("formatKeys", { label, keys: "Enter" })} disabled=${isEmpty} data-blocked=${!canSend} onMouseDown=${keepFocus}>
      <${Icon} name=${isNew ? "send" : "check"} />
    </button>
  </div>`;
}

/**
 * Number of bytes left, or number of bytes beyond the limit.
 *
 * @param {{length: {left: number, limit: number}}} properties
 */
function Length({ length: { left, limit } }) {
  return left < 0
    ? html`<p class="composer-length over" role="status" data-testid="length">${say("tooLong", { over: bytes(-left), limit: bytes(limit) })}</p>`
    : html`<p class="composer-length" role="status" data-testid="length">${say("left", { left: bytes(left) })}</p>`;
}

/** The message that is answered or edited. @param {{chat: Page.Chat}} properties */
function Context({ chat }) {
  const { replyTo, editing: edited } = chat.writing;
  if (!edited && !replyTo) {
    return null;
  }
  return html`<p class="composer-context" data-testid="composer-context">
    <${Icon} name=${edited ? "edit" : "reply"} />
    <span>
      ${edited ? html`<strong>${say("editing")}</strong>` : replyingTo(chat, /** @type {Page.Message} */ (replyTo))}
    </span>
    <${IconButton} icon="close" label=${say("cancelKeys")} testid="cancel-context" onClick=${() => chat.writing.writeNew()} />
  </p>`;
}

/** @param {{people: Page.People}} given @param {Page.Message} message */
function replyingTo({ people }, message) {
  const text = html`<bdi>${excerpt(message)}</bdi>`;
  return message.sender === undefined
    ? say("replyingToText", { text })
    : say("replyingTo", { name: html`<strong><bdi>${people.name(message.sender)}</bdi></strong>`, text });
}

/**
 * Makes the field as tall as its text, up to a limit. A measurement costs a layout for each key, so a browser that can do it
 * by itself does. The composer keeps its height during the measurement: a list beside a shorter one would lose its end.
 *
 * @param {HTMLTextAreaElement} field
 */
function grow(field) {
  if (CSS.supports("field-sizing", "content")) {
    Object.assign(field.style, { fieldSizing: "content", height: "auto", maxHeight: `${MAX_ROWS_PX}px` });
    return;
  }
  const composer = /** @type {HTMLElement} */ (field.closest(".composer"));
  composer.style.height = `${composer.offsetHeight}px`;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_ROWS_PX)}px`;
  composer.style.height = "";
}
