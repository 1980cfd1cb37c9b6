package chat.parlance.model;

/**
 * Read marker of one user in a room, with the counts of unread messages.
 *
 * @param head the seq of the room's newest event at the time of the count: later events are not counted
 */
public record ReadMarker(RoomId room, UserId user, long head, Unread unread) {}
