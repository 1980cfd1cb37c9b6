import { isSameRoom } from "../model/rooms.js";

/** Comparison for a {@link memo} with a `room` that shows nothing which each message changes. */
export const isSameButCounts = (before, now, name) => before === now || (name === "room" && isSameRoom(before, now));
