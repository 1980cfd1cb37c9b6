import { useEffect, useRef, useState } from "preact/hooks";
import { asTyped, mayBeKept, readSlash } from "../model/slash.js";
import { isHarmless } from "./slash-commands.js";

/**
 * Text of a field, stored as the draft of its place unless a message is edited. A text that may contain a password is
 * never stored.
 *
 * @returns {{text: string, field: number, write: (next: string) => void, clear: () => void, forget: () => void}} `field` changes
 *   with each `forget`, which empties the field so that undo cannot bring its text back: browsers keep it with the element
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 * @param {string} place
 * @param {Page.Message | null} editing
 */
export function useDraftText(chat, room, place, editing) {
  const [text, setText] = useState(() => (editing === null ? chat.drafts.of(place) : asTyped(editing.text ?? "")));
  const [field, setField] = useState(0);
  /**
   * The draft as this field last saw it: a change by another tab is shown, and a text that is not in the draft stays in
   * the field.
   */
  const kept = useRef(text);
  useEffect(() => {
    const changed = () => {
      const draft = chat.drafts.of(place);
      if (editing === null && draft !== kept.current) {
        kept.current = draft;
        setText(draft);
      }
    };
    changed();
    chat.drafts.addEventListener("change", changed);
    return () => {
      chat.drafts.removeEventListener("change", changed);
      chat.drafts.leave(place);
    };
  }, [place]);
  /** @param {string} draft */
  const keep = (draft) => {
    if (editing === null && draft !== kept.current) {
      kept.current = draft;
      chat.drafts.keep(place, draft);
    }
  };
  const clear = () => {
    setText("");
    keep("");
  };
  return {
    text,
    field,
    write(next) {
      setText(next);
      keep(mayBeKept(next, isHarmless) ? next : "");
      if (editing === null && next.trim() && readSlash(next)?.kind !== "command") {
        chat.typing.say(room.roomId);
      }
    },
    clear,
    forget() {
      clear();
      setField((count) => count + 1);
    },
  };
}
