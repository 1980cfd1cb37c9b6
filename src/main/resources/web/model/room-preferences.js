/**
 * @typedef {{starred: boolean, notifications: "all" | "mentions" | "none", hiddenTo: number, revision: number}} RoomPreferences
 *   of the user for one room, as the server has them
 */

/** Preferences that were never set. @type {RoomPreferences} */
export const NO_PREFERENCES = Object.freeze({ starred: false, notifications: "all", hiddenTo: 0, revision: 0 });

/** The newer ones of two. @param {RoomPreferences | undefined} known @param {RoomPreferences} told @returns {RoomPreferences} */
export function newest(known, told) {
  return known && known.revision > told.revision ? known : told;
}

/** Those that anything the server says from now on replaces. @param {RoomPreferences} preferences @returns {RoomPreferences} */
export const unproved = (preferences) => ({ ...preferences, revision: 0 });

export const isStarred = (room) => room.preferences?.starred === true;

/** The level of news that the user wants of a room. @returns {"all" | "mentions" | "none"} */
export const levelOf = (room) => room.preferences?.notifications ?? "all";

/** True when the user wants less than all news of a room. */
export const isQuiet = (room) => levelOf(room) !== "all";

/** Number of unread messages of which the user wants to know. */
export function newsOf(room) {
  return { all: room.unread, mentions: room.mentions, none: 0 }[levelOf(room)];
}

/** True when the user has something to look at: an edit of a message that was read can mention it. */
export function isUnread(room) {
  return newsOf(room) > 0 || (levelOf(room) === "all" && room.mentions > 0);
}

/** How many messages of a room ask for the user itself. */
export function callsOf(room) {
  return room.visibility === "direct" || levelOf(room) === "none" ? newsOf(room) : room.mentions;
}

/** True for a finished conversation: the user has hidden it, and nothing was said in it since. */
export function isHidden(room) {
  const hiddenTo = room.preferences?.hiddenTo ?? 0;
  return hiddenTo > 0 && (room.lastMessage?.seq ?? 0) <= hiddenTo && room.unread === 0 && room.mentions === 0;
}
