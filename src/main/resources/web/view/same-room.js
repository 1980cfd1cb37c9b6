import { isSameRoom } from "../model/room-counts.js";

/**
 * Comparison for a {@link memo} with a `room` that shows nothing which each message changes.
 *
 * @param {unknown} before
 * @param {unknown} now
 * @param {string} name
 */
export const isSameButCounts = (before, now, name) =>
  before === now || (name === "room" && isSameRoom(/** @type {Page.Room} */ (before), /** @type {Page.Room} */ (now)));
