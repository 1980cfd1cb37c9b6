import { dayKey } from "./time.js";

const MINUTE_MS = 60_000;
const GROUP_MS = 5 * MINUTE_MS;

/**
 * What the list shows, from top to bottom: lines between days and before what is new, notices, and messages, of which
 * those that follow soon on one of the same person come under the same name.
 *
 * @param {any[]} items of a timeline
 * @param {any[]} pending own requests that are not events yet
 * @param {string} user
 * @param {number | null} readBefore
 */
export function rowsOf(items, pending, user, readBefore) {
  const rows = [];
  let before = null;
  let marked = readBefore === null;
  for (const item of items) {
    if (!before || dayKey(before.at) !== dayKey(item.at)) {
      rows.push({ type: "day", key: `day-${dayKey(item.at)}`, at: item.at });
      before = null;
    }
    if (!marked && item.kind === "message" && item.seq > readBefore && item.sender !== user) {
      rows.push({ type: "new", key: "new" });
      marked = true;
      before = null;
    }
    if (item.kind === "message") {
      rows.push({ type: "message", key: item.id, message: item, ...after(before, item) });
    } else {
      rows.push({ type: "notice", key: `notice-${item.stamp}`, event: item });
    }
    before = item;
  }
  for (const request of pending) {
    const message = pendingMessage(request, user);
    rows.push({ type: "message", key: request.id, message, ...after(before, message) });
    before = message;
  }
  return rows;
}

/** How a message stands after the one before: whether it follows that soon, and then whether its time would be the same. */
function after(before, message) {
  const sinceMs = before ? new Date(message.at) - new Date(before.at) : Infinity;
  const follows =
    before?.kind === "message" && before.sender === message.sender && message.replyTo === undefined && sinceMs < GROUP_MS;
  return { follows, quiet: follows && minute(before.at) === minute(message.at) };
}

const minute = (at) => Math.floor(new Date(at).getTime() / MINUTE_MS);

/** A request as a message that is not an event yet. */
function pendingMessage({ id, state, error, fields }, sender) {
  const at = new Date().toISOString();
  return { id, kind: "message", sender, at, text: fields.text, replyTo: fields.replyTo, state, reason: error?.message };
}
