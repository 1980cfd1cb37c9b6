/** Limit of the messages and notices of one room in the browser's copy. */
export const KEPT_ITEMS = 120;

/** Limit of the length of one room's copy, in characters of JSON. */
export const KEPT_LENGTH = 200_000;

/**
 * The newest part of a room as the browser keeps it: a page of its history, without a gap up to the newest event.
 *
 * @typedef {object} KeptRun
 * @property {(Page.Message | {seq: number, stamp: string})[]} events messages and notices, rising in seq, in their state at `head`; and the event up to which they go, as
 *   seq and stamp alone when it is not shown: its stamp proves the copy later
 * @property {number} head
 * @property {number} length of the events as JSON
 */

/**
 * Copy of a timeline for the browser; null when the timeline does not reach to the newest event, or is itself a copy.
 *
 * @param {import("./timeline.js").Timeline} timeline
 * @returns {KeptRun | null}
 */
export function keptRun(timeline) {
  if (!timeline.atEnd || timeline.copiedAt !== null || timeline.items.length === 0) {
    return null;
  }
  const events = timeline.items.slice(-KEPT_ITEMS);
  const lengths = events.map((event) => JSON.stringify(event).length);
  let length = lengths.reduce((sum, each) => sum + each, 0);
  while (events.length > 1 && length > KEPT_LENGTH) {
    events.shift();
    length -= /** @type {number} */ (lengths.shift());
  }
  const { last: seq, lastStamp: stamp } = timeline;
  return { events: events.at(-1)?.seq === seq ? events : [...events, { seq, stamp }], head: seq, length };
}

/** Copies of a browser that stores none. @type {Page.Copies} */
export const NO_COPIES = { of: async () => null, changed: () => {}, drop: async () => {} };

/**
 * The copy of a room, when it contains the wanted message; null otherwise.
 *
 * @param {Page.Copies} copies
 * @param {string} room
 * @param {number | null} seq of that message, null for the newest messages
 * @param {string | null} stamp of that message, if known
 */
export async function copyWith(copies, room, seq, stamp) {
  const copy = await copies.of(room);
  const isIn = seq === null || copy?.events.some((event) => event.seq === seq && (stamp === null || event.stamp === stamp));
  return isIn ? copy : null;
}
