import { passwordLine, readSlash } from "../model/slash.js";
import { counted, lengthOf, withoutBlankEnds } from "../model/text-limit.js";
import { loadCommands } from "./slash-commands.js";

/** Said when the table of commands cannot be fetched: what looks like a command is no message either. */
const NOT_LOADED = "The commands could not be loaded. Try again when there is a connection.";

/**
 * Sends what is in the field of a composer, or carries out the command that it is. A text that may be a command is never sent: only
 * two slashes say one.
 *
 * @returns {() => void}
 */
export function useSubmit({ chat, room, thread, alsoToRoom, editing, field, draft, setNote }) {
  const refuse = (text) => setNote({ kind: "error", text });
  const say = (typed) => {
    const text = withoutBlankEnds(typed);
    const { left, limit } = lengthOf(text, chat.client.limits);
    const secret = passwordLine(text);
    if (left < 0) {
      refuse(`The text is ${counted(-left)} too long. A message has at most ${counted(limit)}: a letter of English has one, others have two to four.`);
    } else if (secret) {
      refuse(`Line ${secret.number} would call /${secret.name}, which has a password in it. To say it, put it into a code block.`);
    } else if (chat.writing.send(room.roomId, text, { editing, thread, alsoToRoom })) {
      draft.clear();
    }
  };
  const call = async (called, typed) => {
    const commands = await loadCommands().catch(() => null);
    if (field.current?.value !== typed) {
      return;
    }
    if (commands === null) {
      refuse(NOT_LOADED);
    } else if (called.isWide && !commands.commandOf(called.name)) {
      say(typed);
    } else if (editing !== null) {
      refuse("A message cannot become a command. To say a text that begins with a slash, type two: //.");
    } else {
      draft.forget();
      await carryOut(commands, called, typed);
    }
  };
  /** The text comes back when the command fails, unless something else is written by then. */
  const carryOut = async (commands, called, typed) => {
    try {
      const answer = await commands.run({ chat, room, thread }, called);
      tell(answer ? { kind: "answer", ...answer } : null);
    } catch (failure) {
      if (field.current?.value === "") {
        draft.write(typed);
      }
      tell({ kind: "error", text: failure.message });
    }
  };
  const tell = (note) => {
    if (field.current) {
      setNote(note);
    } else if (note?.kind === "error") {
      chat.toasts.error(note.text);
    } else if (note) {
      chat.toasts.info(note.text);
    }
  };
  return () => {
    const typed = field.current.value;
    const slash = readSlash(typed);
    if (slash?.kind === "command") {
      void call(slash, typed);
    } else if (typed.trim() !== "") {
      say(slash === null ? typed : slash.text);
    }
  };
}
