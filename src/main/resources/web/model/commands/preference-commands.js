import { CommandError, command } from "./command.js";
import { say } from "../../words/en/commands.js";

const LEVELS = ["all", "mentions", "none"];

/** Commands about the user's own preferences for a room. */
export const PREFERENCE_COMMANDS = [
  command("star [ROOM]", "/star garden", (place, words) => change(place, words, { starred: true })),
  command("unstar [ROOM]", "/unstar garden", (place, words) => change(place, words, { starred: false })),
  command("notify LEVEL [ROOM]", "/notify mentions garden", (place, words) => {
    const notifications = words.text("LEVEL");
    if (!LEVELS.includes(notifications)) {
      throw words.malformed(say("badLevel"));
    }
    return change(place, words, { notifications });
  }),
  command("hide [ROOM]", "/hide garden", async (place, words) => {
    await place.chat.hide(roomOf(place, words));
  }),
  command("unhide [ROOM]", "/unhide garden", (place, words) => change(place, words, { hiddenTo: 0 })),
];

/** @param {import("./command.js").Place} place @param {import("./words.js").Words} words @param {object} changes */
async function change(place, words, changes) {
  await place.chat.rooms.prefer(roomOf(place, words).roomId, changes);
}

/** The user's room that is named, or the open one. @param {import("./command.js").Place} place @param {import("./words.js").Words} words */
function roomOf({ chat, room }, words) {
  const roomId = words.room() ?? room.roomId;
  const found = chat.rooms.get(roomId);
  if (found?.membership !== "joined") {
    throw new CommandError(say("notInRoom", { room: roomId }));
  }
  return found;
}
