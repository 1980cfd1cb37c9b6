/**
 * The frames of the subprotocol `parlance.v1.json`, as far as the library looks into them; docs/PROTOCOL.md has them all.
 *
 * @typedef {{seq: number, stamp: string, kind: string, sender: string, at: string, id?: string, [more: string]: unknown}} RoomEvent
 *   what happened in a room; the stamp tells it from an event that had the same seq before a backup was restored
 * @typedef {{seq: number, stamp: string | null}} Cursor the event up to which somebody has a room; null where the stamp is
 *   not known, or where there is no event, before the first
 * @typedef {{type: string, ref?: string, room?: string, [more: string]: unknown}} ClientFrame
 * @typedef {{type: string, ref?: string, room: string, id?: string, seq: number, stamp: string, head: number, from: number, code: string,
 *   message: string, retryable: boolean, retryAfterMs?: number, events: RoomEvent[], rooms: Record<string, number>, reason: string,
 *   reconnectWithinMs: number, user: string, unread: number, mentions: number, expiresInMs: number,
 *   count: number, users?: string[], arrived?: string[], departed?: string[], limits?: TextLimits}} ServerFrame with all that any
 *   frame may have
 * @typedef {{textBytes: number, frameBytes: number}} TextLimits bytes of UTF-8 that a message's text may have, and a frame with
 *   all that JSON escapes
 */

export const SUBPROTOCOL = "parlance.v1.json";

/** The longest page, a constant of the protocol: a shorter one than was asked for is the last. */
export const MAX_PAGE = 100;

/** The error code of a request that names an event by its stamp, when another event, or none, has its seq. */
export const HISTORY_CHANGED = "history.changed";

/** What a browser calls a connection that ended without a close frame, or never began (RFC 6455, 7.1.5). */
export const CLOSE_LOST = 1006;
export const CLOSE_TOO_LARGE = 1009;
export const CLOSE_UNAUTHENTICATED = 4401;

/** The library gives a connection up itself: nothing came, or something that is no frame. */
export const CLOSE_GIVEN_UP = 4000;
