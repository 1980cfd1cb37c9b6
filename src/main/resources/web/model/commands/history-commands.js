import { beginOf } from "../days.js";
import { command } from "./command.js";
import { findMessage } from "./named-message.js";
import { say } from "../../words/en/commands.js";

/** Commands that read a room's history. */
export const HISTORY_COMMANDS = [
  command("history [BEFORE]", "/history 42", async (place, words) => {
    const { chat, room } = place;
    const before = words.seqOf("BEFORE");
    const oldest = chat.timelines.of(room.roomId).items.find((item) => item.kind === "message");
    const shown = before === undefined ? oldest : await findMessage(place, before, false);
    if (!shown) {
      return { text: say("nothingOlder") };
    }
    chat.jump(room.roomId, shown);
    return undefined;
  }),
  command("date DAY", "/date 2026-01-31", async ({ chat, room }, words) => {
    const begin = beginOf(words.text("DAY"));
    if (begin === null) {
      throw words.malformed(say("badDay"));
    }
    await chat.jumps.toDay(room.roomId, begin);
  }),
  command("show MESSAGE", "/show 12", async (place, words) =>
    place.chat.jump(place.room.roomId, await findMessage(place, words.message(), false)),
  ),
  command("pins", "/pins", ({ chat }) => chat.showPanel({ kind: "pins" })),
  command("search QUERY...", '/search from:bob "green tomatoes"', ({ chat }, words) =>
    chat.showPanel({ kind: "search", query: words.text("QUERY") }),
  ),
];
