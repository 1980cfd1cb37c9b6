/** No event. */
export const NONE = { seq: 0, stamp: "" };

/** True when both are the same event, also in a history that was restored from a backup. */
export const isSame = (one, other) => one?.seq === other.seq && one.stamp === other.stamp;

/** Events of a page that the list shows, in their state at the page's head. */
export function shown(page) {
  return page.events.filter(isShown).map((event) => ({ ...event, asOf: page.head }));
}

export function isShown(event) {
  return event.kind === "membership" || event.kind === "room" || (event.kind === "message" && isInRoom(event));
}

/** Reply with that seq that only its thread shows, and so no row of a list; null when there is none. */
export function asideOf(page, seq) {
  return page.events.find((event) => event.seq === seq && event.kind === "message" && !isInRoom(event)) ?? null;
}

/** False for a reply that only its thread shows; for a message, or the fields of one that is not sent yet. */
export function isInRoom({ replyTo, thread = replyTo, alsoToRoom = false }) {
  return thread === undefined || alsoToRoom;
}
