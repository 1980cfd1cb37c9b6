const ROUTE = /^#([a-z0-9][a-z0-9_-]{0,63})(?:\/([0-9]{1,15})(?:\/([A-Za-z0-9_-]{8}))?)?$/;

/**
 * Place in the address: a room, or one message of it, by its seq, and also by its stamp unless a person typed the
 * address.
 *
 * @returns {{room: string, seq: number | null, stamp: string | null} | null}
 * @param {string} hash
 */
export function readRoute(hash) {
  const found = ROUTE.exec(hash);
  return found && { room: found[1], seq: found[2] ? Number(found[2]) : null, stamp: found[3] ?? null };
}

/**
 * The address of a room or message within the page.
 *
 * @param {string} room
 * @param {{seq: number, stamp?: string} | null} [message] with its stamp, if known
 */
export function permalink(room, message = null) {
  const parts = message === null ? [] : [message.seq, message.stamp];
  return `#${[room, ...parts.filter((part) => part !== undefined)].join("/")}`;
}
