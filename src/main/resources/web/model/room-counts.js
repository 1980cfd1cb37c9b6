const AT_MOST_COUNTED = 1000;
const RECENT = 200;

/** Counts of a room whose history and membership are unknown. */
export const NOTHING_COUNTED = { readTo: 0, readTurn: 0, unreadCount: 0, mentionCount: 0, countedTo: 0, changedAt: 0 };

/**
 * Counts that stay valid when more is known of a room. @param {Page.Room | null} known the room before, if known @param {number}
 * readTurn of its read marker
 */
export const countsOf = (known, readTurn) => {
  const { readTo = 0, unreadCount = 0, mentionCount = 0, countedTo = 0, editedAt = 0 } = known ?? {};
  return { readTo, readTurn: known?.readTurn ?? readTurn, unreadCount, mentionCount, countedTo, editedAt };
};

/** Counts with further messages. @param {{unreadCount: number, mentionCount: number}} before @param {Page.RoomEvent[]} messages of others @param {string | null} user */
export function counted({ unreadCount, mentionCount }, messages, user) {
  const calls = messages.filter((message) => message.mentions?.includes(/** @type {string} */ (user)));
  return {
    unreadCount: Math.min(unreadCount + messages.length, AT_MOST_COUNTED),
    mentionCount: Math.min(mentionCount + calls.length, AT_MOST_COUNTED),
  };
}

/** Fields of a room that change with each message. */
const COUNTS = [
  "before",
  "changedAt",
  "countedTo",
  "editedAt",
  "head",
  "headStamp",
  "lastMessage",
  "mentionCount",
  "readTo",
  "readTurn",
  "unreadCount",
];

/** True when nothing of a room has changed but its counts. @param {Page.Room} one @param {Page.Room} other */
export function isSameRoom(one, other) {
  const names = /** @type {(keyof Page.Room)[]} */ (Object.keys(other));
  return (
    one === other ||
    (names.length === Object.keys(one).length && names.every((name) => one[name] === other[name] || COUNTS.includes(name)))
  );
}

/** Live messages of other users, newest last, to count those after a read marker. */
export class RecentMessages {
  /** @type {Map<string, Page.RoomEvent[]>} */
  #byRoom = new Map();

  /** @param {string} room @param {Page.RoomEvent} message */
  add(room, message) {
    this.#byRoom.set(room, [...(this.#byRoom.get(room) ?? []).slice(-RECENT), message]);
  }

  /** @param {string} room @param {number} seq */
  after(room, seq) {
    return (this.#byRoom.get(room) ?? []).filter((message) => message.seq > seq);
  }

  /** @param {string} room */
  forget(room) {
    this.#byRoom.delete(room);
  }

  clear() {
    this.#byRoom.clear();
  }
}
