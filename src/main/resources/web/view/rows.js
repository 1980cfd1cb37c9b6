import { folded } from "../model/notice-groups.js";
import { dayKey } from "./time.js";
import { failureText } from "../model/failure-text.js";

const MINUTE_MS = 60_000;
const GROUP_MS = 5 * MINUTE_MS;

/**
 * @typedef {{type: "day", key: string, at: string} | {type: "new", key: string} | {type: "notice", key: string, event: Page.Message} |
 *   {type: "notices", key: string, events: Page.Message[]} |
 *   {type: "message", key: string, message: Page.Message, follows: boolean, quiet: boolean}} Row of the list of messages
 */

/** Cached days and times of items, which each drawing of a list needs. @type {WeakMap<object, {day: string, ms: number}>} */
const moments = new WeakMap();

/**
 * Rows of the list, from top to bottom: lines between days and before the first unread message, notices, and messages.
 * A message that soon follows one of the same person has no name of its own.
 *
 * @param {Page.Message[]} items of a timeline
 * @param {Page.Request[]} pending own requests that are not events yet
 * @param {string} user
 * @param {number | null} readBefore
 * @returns {Row[]}
 */
export function rowsOf(items, pending, user, readBefore) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Page.Message | null} */
  let before = null;
  let marked = readBefore === null;
  for (const item of items) {
    const { day } = momentOf(item);
    if (!before || momentOf(before).day !== day) {
      rows.push({ type: "day", key: `day-${day}`, at: item.at });
      before = null;
    }
    if (!marked && item.kind === "message" && item.seq > /** @type {number} */ (readBefore) && item.sender !== user) {
      rows.push({ type: "new", key: "new" });
      marked = true;
      before = null;
    }
    if (item.kind === "message") {
      rows.push({ type: "message", key: /** @type {string} */ (item.id), message: item, ...after(before, item) });
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
  return folded(rows);
}

/**
 * Relation of a message to the one before: whether it follows soon, and whether its time is the same then.
 *
 * @param {Page.Message | null} before
 * @param {Page.Message} message
 */
function after(before, message) {
  const sinceMs = before ? momentOf(message).ms - momentOf(before).ms : Infinity;
  const follows =
    before?.kind === "message" && before.sender === message.sender && message.replyTo === undefined && sinceMs < GROUP_MS;
  return { follows, quiet: follows && minuteOf(before) === minuteOf(message) };
}

/** @param {Page.Message} item */
const minuteOf = (item) => Math.floor(momentOf(item).ms / MINUTE_MS);

/** @param {{at: string}} item */
function momentOf(item) {
  const moment = moments.get(item) ?? { day: dayKey(item.at), ms: Date.parse(item.at) };
  moments.set(item, moment);
  return moment;
}

/** A request as a message that is not an event yet. @param {Page.Request} request @param {string} sender @returns {Page.Message} */
function pendingMessage({ id, state, error, fields }, sender) {
  const at = new Date().toISOString();
  return /** @type {Page.Message} */ ({
    id,
    kind: "message",
    sender,
    at,
    text: fields.text,
    replyTo: fields.replyTo,
    state,
    reason: error && failureText(error),
  });
}
