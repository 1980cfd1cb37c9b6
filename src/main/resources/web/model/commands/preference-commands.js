import { CommandError, command } from "./command.js";

const LEVELS = ["all", "mentions", "none"];

/** Commands about the user's own preferences for a room. */
export const PREFERENCE_COMMANDS = [
  command("star [ROOM]", "put a room at the top of your list", "/star garden", (place, words) => change(place, words, { starred: true })),
  command("unstar [ROOM]", "take a room's star away", "/unstar garden", (place, words) => change(place, words, { starred: false })),
  command("notify LEVEL [ROOM]", "choose the news of a room: all, mentions or none", "/notify mentions garden", (place, words) => {
    const notifications = words.text("LEVEL");
    if (!LEVELS.includes(notifications)) {
      throw words.malformed("A level is all, mentions or none");
    }
    return change(place, words, { notifications });
  }),
  command("hide [ROOM]", "take a room off your list until its next message", "/hide garden", async (place, words) => {
    await place.chat.hide(roomOf(place, words));
  }),
  command("unhide [ROOM]", "put a hidden room back on your list", "/unhide garden", (place, words) => change(place, words, { hiddenTo: 0 })),
];

/** @param {import("./command.js").Place} place @param {import("./words.js").Words} words @param {object} changes */
async function change(place, words, changes) {
  await place.chat.rooms.prefer(roomOf(place, words).roomId, changes);
}

/** The user's room that is named, or the open one. @param {import("./command.js").Place} place @param {import("./words.js").Words} words */
function roomOf({ chat, room }, words) {
  const roomId = words.room() ?? room.roomId;
  const found = chat.rooms.get(roomId);
  if (!found?.member) {
    throw new CommandError(`You are not in a room ${roomId}.`);
  }
  return found;
}
