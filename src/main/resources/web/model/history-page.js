/** No event. */
export const NONE = { seq: 0, stamp: "" };

/**
 * True when both are the same event, also in a history that was restored from a backup.
 *
 * @param {{seq: number, stamp: string} | null | undefined} one
 * @param {{seq: number, stamp: string}} other
 */
export const isSame = (one, other) => one?.seq === other.seq && one.stamp === other.stamp;

/** Events of a page that the list shows, in their state at the page's head. @param {Page.EventPage} page */
export function shown(page) {
  return page.events.filter(isShown).map((event) => ({ ...event, asOf: page.head }));
}

/** @param {Page.RoomEvent} event */
export function isShown(event) {
  return event.kind === "membership" || event.kind === "room" || (event.kind === "message" && isInRoom(event));
}

/**
 * Reply with that seq that only its thread shows, and so no row of a list; null when there is none.
 *
 * @param {Page.EventPage} page
 * @param {number | null} seq
 */
export function asideOf(page, seq) {
  return page.events.find((event) => event.seq === seq && event.kind === "message" && !isInRoom(event)) ?? null;
}

/**
 * False for a reply that only its thread shows; for a message, or the fields of one that is not sent yet.
 *
 * @param {{replyTo?: number, thread?: number, alsoToRoom?: boolean}} given
 */
export function isInRoom({ replyTo, thread = replyTo, alsoToRoom = false }) {
  return thread === undefined || alsoToRoom;
}

/**
 * The item with a seq, and with a stamp where one is given, among items that rise in seq.
 *
 * @param {Page.Message[]} items
 * @param {number | undefined} seq
 * @param {string | undefined} stamp
 */
export function itemOf(items, seq, stamp) {
  const item = items[indexOf(items, seq)];
  return stamp === undefined || item?.stamp === stamp ? item : undefined;
}

/**
 * Index of the item with a seq among items that rise in seq, by bisection; -1 when none has it.
 *
 * @param {{seq: number}[]} items
 * @param {number | undefined} seq
 */
export function indexOf(items, seq) {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (items[middle].seq < /** @type {number} */ (seq)) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return items[from]?.seq === seq ? from : -1;
}
