/**
 * The frames of the subprotocol `parlance.v1.json`, as far as the library reads them; docs/PROTOCOL.md describes all.
 *
 * @typedef {{emoji?: string, removed?: boolean, text?: string, mentions?: string[], replyTo?: number, thread?: number,
 *   alsoToRoom?: boolean, options?: string[], multiple?: boolean, target?: number, change?: string, userId?: string}} EventFields fields that some kinds of events
 *   have
 * @typedef {{deleted?: boolean, editedSeq?: number, pinned?: boolean, replyCount?: number, lastReply?: {seq: number, at:
 *   string}, repliers?: string[], reactions?: Record<string, {count: number, userIds: string[]}>, votes?:
 *   Record<string, {count: number, userIds: string[]}>, closedSeq?: number}} MessageState fields of a
 *   message that later events have changed
 * @typedef {{seq: number, stamp: string, kind: string, sender: string, at: string, id?: string} & EventFields &
 *   MessageState & {[more: string]: unknown}} RoomEvent an event of a room; the stamp distinguishes it from an event that
 *   had the same seq before a backup was restored
 *
 * @typedef {{seq: number, stamp: string | null}} Cursor the last event of a room that a client has; null when the stamp
 *   is unknown, and before the first event
 * @typedef {{type: string, ref?: string, roomId?: string, [more: string]: unknown}} ClientFrame
 * @typedef {{type: string, ref?: string, roomId: string, id?: string, seq: number, stamp: string, head: number, since:
 *   number, code: string, detail: string, retryable: boolean, retryAfterMs?: number, events: RoomEvent[], heads:
 *   Record<string, number>, reason: string, reconnectWithinMs: number, userId: string, readTo: number, readTurn?: number,
 *   unreadCount: number, mentionCount: number, expiresInMs: number, thread: number, following: boolean, saved: boolean,
 *   count: number, userIds?: string[], arrived?: string[], departed?: string[], limits?: TextLimits}} ServerFrame with the members of all frames
 * @typedef {{textBytes: number, frameBytes: number}} TextLimits bytes of UTF-8 that a message's text may have, and a
 *   frame with all that JSON escapes
 */

export const SUBPROTOCOL = "parlance.v1.json";

/** The longest page, a constant of the protocol: a page shorter than its limit is the last. */
export const MAX_PAGE = 100;

/** The error code of a request that names an event by its stamp, when another event, or none, has its seq. */
export const HISTORY_CHANGED = "history.changed";

/** Close code of browsers for a connection that ended without a close frame, or never opened (RFC 6455, 7.1.5). */
export const CLOSE_LOST = 1006;
export const CLOSE_TOO_LARGE = 1009;
export const CLOSE_UNAUTHENTICATED = 4401;

/** Close code of the library for a connection that it gives up: nothing arrived, or something that is no frame. */
export const CLOSE_GIVEN_UP = 4000;
