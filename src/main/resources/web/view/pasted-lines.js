import { openFence } from "../model/fences.js";
import { isInList, toggleCodeBlock } from "../model/text-edits.js";
import { applyEdit } from "./field-edits.js";
import { say } from "../words/en/room.js";

const INDENTED = /(?:^|\n)([ \t]+\S[^\n]*)/g;

/**
 * Offer to make a code block of indented lines that were just pasted: the field keeps their indentation, and Markdown shows it in
 * code alone. Null for lines that are not indented, for items of lists, and within code.
 *
 * @param {HTMLTextAreaElement} field with the caret after the pasted text
 * @param {string} pasted
 * @returns {import("./composer-note.js").Note | null}
 */
export function codeBlockOffer(field, pasted) {
  const text = pasted.replace(/\r\n?/g, "\n");
  const end = field.selectionEnd;
  const start = end - text.length;
  const lines = [...text.matchAll(INDENTED)].map(([, line]) => line);
  const isCode = text.includes("\n") && lines.some((line) => !isInList(line, line.length));
  if (
    !isCode ||
    field.value.slice(start, end) !== text ||
    openFence(field.value.slice(0, end)) !== null ||
    openFence(field.value.slice(0, start)) !== null
  ) {
    return null;
  }
  const before = field.value;
  const act = () => field.value === before && applyEdit(field, toggleCodeBlock(field.value, start, end));
  return { kind: "answer", text: say("indented"), rows: [{ label: say("makeCode"), detail: "", act }] };
}
