/** Changes of a message, by the kind of the event. @type {Record<string, (message: Page.Message, event: any) => Page.Message>} */
const CHANGES = { edit, delete: remove, reaction, pin, vote, close };

/** True when an event changes an earlier message. @param {Page.RoomEvent} event */
export function isChange(event) {
  return event.kind in CHANGES;
}

/**
 * True for a request about this message, and not about one that had its seq in another history.
 *
 * @param {Page.Request} given
 * @param {{seq?: number, stamp?: string}} message
 */
export function isAbout({ fields }, message) {
  return fields.seq === message.seq && fields.stamp === message.stamp;
}

/**
 * A message with one more event about it applied; unchanged when the event is applied already. Pages of history have
 * messages in the state of the page's head, `asOf`: events up to it must not be applied again.
 *
 * @param {Page.Message} message
 * @param {Page.RoomEvent} event
 */
export function apply(message, event) {
  return event.seq <= message.asOf ? message : { ...CHANGES[event.kind](message, event), asOf: event.seq };
}

/** Number of the latest repliers, as the server sends them. */
const MAX_REPLIERS = 5;

/** First message of a thread with one more reply. @param {Page.Message} message @param {Page.RoomEvent} other */
export function answered(message, { seq, at, sender }) {
  if (seq <= message.asOf) {
    return message;
  }
  const others = (message.repliers ?? []).filter((user) => user !== sender);
  return {
    ...message,
    replyCount: (message.replyCount ?? 0) + 1,
    lastReply: { seq, at },
    repliers: [sender, ...others].slice(0, MAX_REPLIERS),
    asOf: seq,
  };
}

/**
 * Messages with one more event applied to the one it is about. @param {Page.Message[]} messages @returns {Page.Message[]}
 * @param {Page.RoomEvent} event
 */
export function touched(messages, event) {
  if (isChange(event)) {
    return changedAt(messages, event.target, (message) => apply(message, event));
  }
  const isAnswer = event.kind === "message" && event.thread !== undefined;
  return isAnswer ? changedAt(messages, event.thread, (message) => answered(message, event)) : messages;
}

/**
 * @param {Page.Message[]} messages
 * @param {number | undefined} seq
 * @param {(message: Page.Message) => Page.Message} change
 */
function changedAt(messages, seq, change) {
  const index = messages.findIndex((message) => message.seq === seq);
  return index < 0 ? messages : messages.with(index, change(messages[index]));
}

/**
 * A message with the user's pending reactions applied.
 *
 * @param {import("../parlance-client/outbox.js").Request[]} requests in the order of the requests
 * @param {Page.Message} message
 * @param {string} user
 */
export function reacted(message, requests, user) {
  return requests
    .filter((request) => request.type === "react" && isAbout(request, message))
    .reduce(
      (before, { fields }) =>
        reaction(before, { emoji: /** @type {string} */ (fields.emoji), sender: user, removed: fields.removed }),
      message,
    );
}

/**
 * A poll with the user's pending votes applied.
 *
 * @param {Page.Message} message
 * @param {import("../parlance-client/outbox.js").Request[]} requests in the order of the requests
 * @param {string} user
 */
export function voted(message, requests, user) {
  return requests
    .filter((request) => request.type === "vote" && isAbout(request, message))
    .reduce((before, { fields }) => vote(before, { options: fields.options, sender: user }), message);
}

/**
 * Votes for an option, which may have any name.
 *
 * @param {Page.Message["votes"]} votes
 * @param {string} option
 */
export const tallyOf = (votes, option) => (votes && Object.hasOwn(votes, option) ? votes[option] : { count: 0, userIds: [] });

/**
 * Progress of an unacknowledged message, or of an unacknowledged change of it; null when all is stored.
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

/** @param {Page.Message} message @param {Page.RoomEvent} event */
function edit(message, event) {
  return { ...message, text: event.text, mentions: event.mentions, editedSeq: event.seq };
}

/** @param {Page.Message} message */
function remove(message) {
  const { text, mentions, reactions, pinned, options, votes, ...rest } = message;
  return { ...rest, deleted: true };
}

/** @param {Page.Message} message @param {Page.RoomEvent} event */
function pin(message, event) {
  return { ...message, pinned: !event.removed };
}

/** @param {Page.Message} message @param {{options?: string[], sender: string}} other */
function vote(message, { options: chosen = [], sender }) {
  const votes = (message.options ?? []).map((option) => {
    const { count, userIds } = tallyOf(message.votes, option);
    const others = userIds.filter((user) => user !== sender);
    const isChosen = chosen.includes(option);
    const next = {
      count: count - (userIds.length - others.length) + Number(isChosen),
      userIds: isChosen ? [...others, sender] : others,
    };
    return /** @type {[string, typeof next]} */ ([option, next]);
  });
  return { ...message, votes: Object.fromEntries(votes.filter(([, { count }]) => count > 0)) };
}

/** @param {Page.Message} message @param {Page.RoomEvent} event */
function close(message, event) {
  return { ...message, closedSeq: event.seq };
}

/** @param {Page.Message} message @param {{emoji: string, sender: string, removed?: boolean | undefined}} other */
function reaction(message, { emoji, sender, removed }) {
  const before = message.reactions?.[emoji] ?? { count: 0, userIds: [] };
  const others = before.userIds.filter((user) => user !== sender);
  const counted = before.userIds.length - others.length;
  const count = before.count - counted + (removed ? 0 : 1);
  const { [emoji]: _, ...rest } = message.reactions ?? {};
  if (count <= 0) {
    return { ...message, reactions: rest };
  }
  const next = { count, userIds: removed ? others : [...others, sender] };
  // A present one keeps its place.
  return {
    ...message,
    reactions: emoji in (message.reactions ?? {}) ? { ...message.reactions, [emoji]: next } : { ...rest, [emoji]: next },
  };
}
