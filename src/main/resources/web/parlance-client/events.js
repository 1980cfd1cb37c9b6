/**
 * Events of a client, by type. Types only.
 *
 * @typedef {import("./errors.js").ParlanceError} ParlanceError
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./outbox.js").Request} Request
 *
 * @typedef {object} Events events of a client, by type
 * @property {{state: "offline" | "connecting" | "online"}} state
 * @property {{roomId: string, event: RoomEvent}} event the next event of a room, once and in rising seq
 * @property {{roomId: string, head: number}} joined the room is followed; the missed events come next
 * @property {{roomId: string, since: number, head: number, next: number}} reset `since` 0: the history of the room has
 *   changed, as after a restored backup; drop the whole copy of it, with acknowledged sends. Else the copy up to `since`
 *   is still true. The events before `next` are not emitted: page them by `api.events`, or show the newest; those from
 *   `next` on are emitted as `event`
 * @property {{roomId: string, reason: ParlanceError | null}} left the room is no longer followed, or an invitation to it
 *   is withdrawn: the user left it, was removed, or is not allowed in it, for the given reason
 * @property {{room: any}} room the user's standing in a room has changed, on any node and device: the room as from `api.room`
 * @property {{roomId: string, request: Request}} request an own request changed its state; one that is `failed` with the
 *   code `history.changed` meant an event that no longer exists, and is dropped
 * @property {{roomId: string, readTo: number, readTurn?: number, head: number, unreadCount: number, mentionCount: number}}
 *   readMarker the user's read marker, moved by any of its clients; the counts go up to `head`. With a higher `readTurn` it moved back
 * @property {{roomId: string, thread: number, following: boolean, readTo: number, head: number, unreadCount: number,
 *   mentionCount: number}} thread the user's state of a thread, as from `api.thread`
 * @property {{roomId: string, seq: number, saved: boolean}} saved the user has saved a message, or removed it
 * @property {{roomId?: string, revision: number, [more: string]: any}} preferences the user's preferences for a room, or
 *   without `roomId` those for the list of rooms, have changed, on any device; those with the greater revision are newer
 * @property {{roomId: string, userId: string, expiresInMs: number}} userTyping another user is typing, until this time has
 *   passed or a message of that user arrives, unless it is repeated
 * @property {{roomId: string, count: number, userIds: string[] | null}} presence the users present in a room: all, or null
 *   when they are too many to be named
 * @property {{frame: ServerFrame}} frame any other frame
 * @property {{reason: import("./session.js").SignedOutReason, unsent: number}} signedout the session has ended; this
 *   many requests are unsent, and are stored for the user's next log-in
 * @property {{userId: string}} sessionended the server has now ended a session whose log-out could not reach it before
 * @property {{reason: unknown}} unkept the store has failed, and unsent requests are lost when this client ends
 */

export {};
