/**
 * What a client tells, by the event's type. Types only.
 *
 * @typedef {import("./errors.js").ParlanceError} ParlanceError
 * @typedef {import("./protocol.js").RoomEvent} RoomEvent
 * @typedef {import("./protocol.js").ServerFrame} ServerFrame
 * @typedef {import("./outbox.js").Request} Request
 *
 * @typedef {object} Events what a client tells, by the event's type
 * @property {{state: "offline" | "connecting" | "online"}} state
 * @property {{room: string, event: RoomEvent}} event the next event of a room, once and in rising seq
 * @property {{room: string, head: number}} joined the room is followed; what was missed comes next
 * @property {{room: string, from: number, head: number, next: number}} reset `from` 0: the history of the room has changed,
 *   as a restored backup does it; forget all that you have of it, sends that were acknowledged too. Else what you have up to
 *   `from` is still true. The events before `next` are not handed out: page them by `api.events`, or show the newest; those
 *   from `next` on come as `event`
 * @property {{room: string, reason: ParlanceError | null}} left the room is followed no longer, or an invitation to it is
 *   taken back: the user left it, was removed, or may not be there, which the reason tells
 * @property {{room: string, now: any}} room how the user stands in a room has changed, on whichever node and device: the room
 *   as `api.room` gives it
 * @property {{room: string, request: Request}} request an own request changed its state; one that is `failed` with the code
 *   `history.changed` meant an event that is not there any more, and is not kept
 * @property {{room: string, seq: number, turn?: number, head: number, unread: number, mentions: number}} read how far the user has
 *   read the room, whichever of its clients said so; the counts are of what came up to `head`. With a higher `turn` it went back
 * @property {{room: string, thread: number, following: boolean, seq: number, head: number, unread: number, mentions: number}} thread
 *   how the user has a thread now, as `api.thread` gives it
 * @property {{room: string, seq: number, saved: boolean}} saved the user keeps a message, or not any more
 * @property {{room?: string, revision: number, [more: string]: any}} preferences the user's preferences for a room, or without
 *   `room` those for the list of rooms, have changed, on whichever device; those with the greater revision are the newer ones
 * @property {{room: string, user: string, expiresInMs: number}} typing somebody else is typing, for so long unless it is
 *   told again or a message of that user comes
 * @property {{room: string, count: number, users: string[] | null}} presence who is in a room now: all, or null when they
 *   are too many to be named
 * @property {{frame: ServerFrame}} frame any other frame
 * @property {{reason: import("./session.js").SignedOutReason, unsent: number}} signedout the session is over; so many requests
 *   are not sent, and are kept for the user's next log-in
 * @property {{userId: string}} sessionended the server has ended a session now whose log-out it could not be told before
 * @property {{reason: unknown}} unkept the store has failed, and what is not sent is lost when this client ends
 */

export {};
