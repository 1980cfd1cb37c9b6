/**
 * Changes a field like typed text, so that the browser can undo it.
 *
 * @param {HTMLTextAreaElement} field
 * @param {import("../model/text-edits.js").Edit} edit
 */
export function applyEdit(field, { from, to, text, select }) {
  field.focus();
  field.setSelectionRange(from, to);
  if (!typed(text, from === to)) {
    // A browser that does not know the command cannot undo either.
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(...select);
}

/** Puts a text in place of the selection. @param {HTMLTextAreaElement} field @param {string} text */
export function insertText(field, text) {
  const { selectionStart: from, selectionEnd: to } = field;
  const caret = from + text.length;
  applyEdit(field, { from, to, text, select: [caret, caret] });
}

/**
 * Types by the browser's editing command, which has no successor that keeps what can be undone.
 *
 * @param {string} text
 * @param {boolean} isCaret
 */
function typed(text, isCaret) {
  if (text !== "") {
    return document.execCommand("insertText", false, text);
  }
  return isCaret || document.execCommand("delete");
}
