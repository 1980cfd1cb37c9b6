import { useRef } from "preact/hooks";
import { applyEdit } from "./field-edits.js";
import { formatOf } from "./formats.js";
import { WRITING_KEYS, calledBy } from "./keys.js";
import { openFence } from "../model/fences.js";
import { continuation, isInList } from "../model/text-edits.js";

/** On a touch screen Enter is the only key for a new line, and there is a button to send. */
const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");

export const isTouch = () => TOUCH.matches;

/** Key code of Safari for a key that ends a composition; nothing else marks it. */
const IME_KEY_CODE = 229;

/**
 * Keys of a field, in this order: completions, formats, Enter (which sends or makes a line).
 *
 * @param {{field: Page.Field, completions: ReturnType<typeof import("./completions.js").useCompletions>, submit: () => void, otherKey: (key: KeyboardEvent, called?: string) => void}} props
 */
export function useFieldKeys({ field, completions, submit, otherKey }) {
  /** True when the format bar has begun the list at the caret: Enter then makes the next item. */
  const isListing = useRef(false);
  /** @param {import("./formats.js").Format} wanted */
  const format = (wanted) => {
    const { value, selectionStart, selectionEnd } = field.current;
    applyEdit(field.current, wanted.edit(value, selectionStart, selectionEnd));
    isListing.current =
      (wanted.name === "list" || wanted.name === "numbers") && isInList(field.current.value, field.current.selectionEnd);
  };
  /** Continues a list, a quote or code. @returns {boolean} false at any other line */
  const breakLine = () => {
    const { value, selectionStart, selectionEnd } = field.current;
    const edit = selectionStart === selectionEnd ? continuation(value, selectionEnd) : null;
    if (edit !== null) {
      applyEdit(field.current, edit);
    }
    return edit !== null;
  };
  const makesLine = () => {
    const { value, selectionEnd } = field.current;
    isListing.current &&= isInList(value, selectionEnd);
    return isTouch() || isListing.current || openFence(value.slice(0, selectionEnd)) !== null;
  };
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    if (key.isComposing || key.keyCode === IME_KEY_CODE) {
      return;
    }
    const wanted = formatOf(key);
    const called = calledBy(WRITING_KEYS, key)?.name;
    if (completions.onKey(key)) {
      key.preventDefault();
      key.stopPropagation();
    } else if (wanted) {
      key.preventDefault();
      format(wanted);
    } else if (called === "send-always" || (called === "send" && !makesLine())) {
      key.preventDefault();
      submit();
    } else if (called === "send" || called === "line") {
      if (breakLine()) {
        key.preventDefault();
      }
    } else {
      otherKey(key, called);
    }
  };
  return { onKeyDown, format };
}
