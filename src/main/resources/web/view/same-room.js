import { isSameRoom } from "../model/rooms.js";

/**
 * For a {@link memo} with a `room`, of which it shows nothing that changes with each message.
 * @param {unknown} before
 * @param {unknown} now
 * @param {string} name
 */
export const isSameButCounts = (before, now, name) => before === now || (name === "room" && isSameRoom(/** @type {Page.Room} */ (before), /** @type {Page.Room} */ (now)));
