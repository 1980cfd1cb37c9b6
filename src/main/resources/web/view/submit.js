import { passwordLine, readSlash } from "../model/slash.js";
import { bytes, lengthOf, withoutBlankEnds } from "../model/text-limit.js";
import { loadCommands } from "./slash-commands.js";
import { wordFailure } from "../model/failure-text.js";
import { say } from "../words/en/room.js";

/**
 * Sends the text of a composer, or runs its command. A text that may be a command is never sent; two slashes send one.
 *
 * @returns {() => void}
 * @param {{chat: Page.Chat, room: Page.Room, thread?: Page.Message, alsoToRoom?: boolean, editing: Page.Message | null, field: Page.Field, draft: ReturnType<typeof import("./draft-text.js").useDraftText>, setNote: (note: Page.Note | null) => void}} given
 */
export function useSubmit({ chat, room, thread, alsoToRoom, editing, field, draft, setNote }) {
  /** @param {string} text */
  const refuse = (text) => setNote({ kind: "error", text });
  /** @param {string} typed */
  const post = (typed) => {
    const text = withoutBlankEnds(typed);
    const { left, limit } = lengthOf(text, chat.client.limits);
    const secret = passwordLine(text);
    if (left < 0) {
      refuse(say("refusedLength", { over: bytes(-left), limit: bytes(limit) }));
    } else if (secret) {
      refuse(say("refusedPassword", { line: secret.number, command: secret.name }));
    } else if (chat.writing.send(room.roomId, text, { editing, thread, alsoToRoom })) {
      draft.clear();
    }
  };
  /** @param {import("../model/slash.js").Called} called @param {string} typed */
  const call = async (called, typed) => {
    const commands = await loadCommands().catch(() => null);
    if (field.current?.value !== typed) {
      return;
    }
    if (commands === null) {
      // A text that looks like a command is not sent as a message.
      refuse(say("commandsNotLoaded"));
    } else if (called.isWide && !commands.commandOf(called.name)) {
      post(typed);
    } else if (editing !== null) {
      refuse(say("refusedEdit"));
    } else {
      draft.forget();
      await carryOut(commands, called, typed);
    }
  };
  /**
   * The text comes back when the command fails, unless something else is written by then.
   *
   * @param {typeof import("../model/commands/commands.js")} commands
   * @param {import("../model/slash.js").Called} called
   * @param {string} typed
   */
  const carryOut = async (commands, called, typed) => {
    try {
      const answer = await commands.run({ chat, room, thread }, called);
      tell(answer ? { kind: "answer", ...answer } : null);
    } catch (failure) {
      if (field.current?.value === "") {
        draft.write(typed);
      }
      tell({ kind: "error", text: await wordFailure(failure) });
    }
  };
  /** @param {Page.Note | null} note */
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
      post(slash === null ? typed : slash.text);
    }
  };
}
