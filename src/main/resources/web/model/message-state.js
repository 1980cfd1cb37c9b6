/**
 * @typedef {import("../parlance-client/protocol.js").RoomEvent} RoomEvent
 */

const CHANGES = { edit, delete: remove, reaction, pin };

/** Whether an event changes a message that came before it. */
export function isChange(event) {
  return event.kind in CHANGES;
}

/** True of a request that means this message, and not one that had its seq in another history. */
export function isAbout({ fields }, message) {
  return fields.seq === message.seq && fields.stamp === message.stamp;
}

/**
 * A message after one more event that is about it; itself when it has it already. Pages of history have messages in the
 * state of the page's head: `asOf` is that, and what happened up to there must not be counted again.
 *
 * @param {RoomEvent & {asOf: number}} message
 * @param {RoomEvent} event
 */
export function apply(message, event) {
  return event.seq <= message.asOf ? message : { ...CHANGES[event.kind](message, event), asOf: event.seq };
}

/** As many of those who replied last as the server names. */
const MAX_REPLIERS = 5;

/** The first message of a thread after one more answer. */
export function answered(message, { seq, at, sender }) {
  if (seq <= message.asOf) {
    return message;
  }
  const others = (message.repliers ?? []).filter((user) => user !== sender);
  return {
    ...message,
    replies: (message.replies ?? 0) + 1,
    lastReply: seq,
    lastReplyAt: at,
    repliers: [sender, ...others].slice(0, MAX_REPLIERS),
    asOf: seq,
  };
}

/** Messages after one more event that is about one of them. @param {any[]} messages @returns {any[]} */
export function touched(messages, event) {
  if (isChange(event)) {
    return changedAt(messages, event.target, (message) => apply(message, event));
  }
  const isAnswer = event.kind === "message" && event.thread !== undefined;
  return isAnswer ? changedAt(messages, event.thread, (message) => answered(message, event)) : messages;
}

function changedAt(messages, seq, change) {
  const index = messages.findIndex((message) => message.seq === seq);
  return index < 0 ? messages : messages.with(index, change(messages[index]));
}

/**
 * A message as it will be once what a user asked for is done, as far as that is about its reactions.
 *
 * @param {import("../parlance-client/outbox.js").Request[]} requests in the order in which they were asked for
 */
export function reacted(message, requests, user) {
  return requests
    .filter((request) => request.type === "react" && isAbout(request, message))
    .reduce((before, { fields }) => reaction(before, { emoji: fields.emoji, sender: user, removed: fields.remove }), message);
}

/**
 * Progress of a message, or of a change of it, that is not stored yet; null when all is stored.
 *
 * @param {{state?: string}} message
 * @param {{type: string}[]} changes that are not acknowledged yet
 * @returns {"waiting" | "sending" | "edit" | "delete" | null}
 */
export function progressOf({ state }, changes) {
  if (state === "waiting" || state === "sending") {
    return state;
  }
  const change = changes.findLast(({ type }) => type === "edit" || type === "delete");
  return /** @type {"edit" | "delete" | null} */ (change?.type ?? null);
}

function edit(message, event) {
  return { ...message, text: event.text, mentions: event.mentions, editedSeq: event.seq };
}

function remove(message) {
  const { text, mentions, reactions, pinned, ...rest } = message;
  return { ...rest, deleted: true };
}

function pin(message, event) {
  return { ...message, pinned: !event.removed };
}

function reaction(message, { emoji, sender, removed }) {
  const before = message.reactions?.[emoji] ?? { count: 0, users: [] };
  const others = before.users.filter((user) => user !== sender);
  const counted = before.users.length - others.length;
  const count = before.count - counted + (removed ? 0 : 1);
  const { [emoji]: _, ...rest } = message.reactions ?? {};
  if (count <= 0) {
    return { ...message, reactions: rest };
  }
  const next = { count, users: removed ? others : [...others, sender] };
  // One that is there keeps its place.
  return {
    ...message,
    reactions: emoji in (message.reactions ?? {}) ? { ...message.reactions, [emoji]: next } : { ...rest, [emoji]: next },
  };
}
