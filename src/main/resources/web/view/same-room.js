import { isSameRoom } from "../model/rooms.js";

/** For a {@link memo} with a `room`, of which it shows nothing that changes with each message. */
export const isSameButCounts = (before, now, name) => before === now || (name === "room" && isSameRoom(before, now));
