const ROUTE = /^#([a-z0-9][a-z0-9_-]{0,63})(?:\/([0-9]{1,15}))?$/;

/** What the address names: a room, or one message of it. @returns {{room: string, seq: number | null} | null} */
export function readRoute(hash) {
  const found = ROUTE.exec(hash);
  return found && { room: found[1], seq: found[2] ? Number(found[2]) : null };
}

/** The address of a room or message within the page. */
export function permalink(room, seq = null) {
  return seq === null ? `#${room}` : `#${room}/${seq}`;
}
