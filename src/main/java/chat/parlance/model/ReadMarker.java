package chat.parlance.model;

/**
 * How far one user has read a room, and what is left to read.
 *
 * @param head the seq of the room's newest event when this was counted: what came after it is not in the counts
 */
public record ReadMarker(RoomId room, UserId user, long head, Unread unread) {}
