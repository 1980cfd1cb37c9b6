import { beginOf } from "../days.js";
import { command } from "./command.js";
import { findMessage } from "./named-message.js";

/** Commands that read a room's history. */
export const HISTORY_COMMANDS = [
  command("history [BEFORE]", "show older events, the last ones before BEFORE", "/history 42", async (place, words) => {
    const { chat, room } = place;
    const before = words.seqOf("BEFORE");
    const oldest = chat.timelines.of(room.roomId).items.find((item) => item.kind === "message");
    const shown = before === undefined ? oldest : await findMessage(place, before, false);
    if (!shown) {
      return { text: "Nothing older." };
    }
    chat.jump(room.roomId, shown);
    return undefined;
  }),
  command("date DAY", "show what was said from a day on", "/date 2026-01-31", async ({ chat, room }, words) => {
    const begin = beginOf(words.text("DAY"));
    if (begin === null) {
      throw words.malformed("A day is written like 2026-01-31");
    }
    await chat.jumps.toDay(room.roomId, begin);
  }),
  command("show MESSAGE", "show a message with what was said around it", "/show 12", async (place, words) =>
    place.chat.jump(place.room.roomId, await findMessage(place, words.message(), false)),
  ),
  command("pins", "show the pinned messages", "/pins", ({ chat }) => chat.showPanel({ kind: "pins" })),
  command(
    "search QUERY...",
    "find messages in all your rooms, by words and from: in: on: before: after: has:link is:pinned",
    '/search from:bob "green tomatoes"',
    ({ chat }, words) => chat.showPanel({ kind: "search", query: words.text("QUERY") }),
  ),
];
