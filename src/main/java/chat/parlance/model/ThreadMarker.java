package chat.parlance.model;

/**
 * One thread as one user has it.
 *
 * @param thread the seq of the message that began it
 * @param following whether the thread is among the user's own; the counts of any other are 0
 * @param head the seq of the room's newest event when this was counted: what came after it is not in the counts
 */
public record ThreadMarker(RoomId room, UserId user, long thread, boolean following, long head, Unread unread) {}
