/**
 * @typedef {{starred: boolean, notifications: "all" | "mentions" | "none", hiddenTo: number, revision: number}} RoomPreferences
 *   of the user for one room, as the server has them
 */

/** Preferences that were never set. @type {RoomPreferences} */
export const NO_PREFERENCES = Object.freeze({ starred: false, notifications: "all", hiddenTo: 0, revision: 0 });

/**
 * The newer of two preferences. @param {RoomPreferences | undefined} known @param {RoomPreferences} told @returns
 * {RoomPreferences}
 */
export function newest(known, told) {
  return known && known.revision > told.revision ? known : told;
}

/**
 * Preferences with a revision below every one of the server. @param {RoomPreferences} preferences @returns
 * {RoomPreferences}
 */
export const unproved = (preferences) => ({ ...preferences, revision: 0 });

/** @param {Page.Room} room */
export const isStarred = (room) => room.preferences?.starred === true;

/** Notification level of a room. @returns {"all" | "mentions" | "none"} @param {Page.Room} room */
export const levelOf = (room) => room.preferences?.notifications ?? "all";

/** True when the user wants less than all notifications of a room. @param {Page.Room} room */
export const isQuiet = (room) => levelOf(room) !== "all";

/** Number of unread messages that the notification level counts. @param {Page.Room} room */
export function newsOf(room) {
  return { all: room.unreadCount, mentions: room.mentionCount, none: 0 }[levelOf(room)];
}

/** True when a room has something unread: an edit of a read message can mention the user. @param {Page.Room} room */
export function isUnread(room) {
  return newsOf(room) > 0 || (levelOf(room) === "all" && room.mentionCount > 0);
}

/** Number of messages of a room that are for the user itself. @param {Page.Room} room */
export function callsOf(room) {
  return room.visibility === "direct" || levelOf(room) === "none" ? newsOf(room) : room.mentionCount;
}

/** True for a finished conversation: the user has hidden it, and it has no newer message. @param {Page.Room} room */
export function isHidden(room) {
  const hiddenTo = room.preferences?.hiddenTo ?? 0;
  return hiddenTo > 0 && (room.lastMessage?.seq ?? 0) <= hiddenTo && room.unreadCount === 0 && room.mentionCount === 0;
}
