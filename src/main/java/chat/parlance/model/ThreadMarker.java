package chat.parlance.model;

/**
 * State of one thread for one user.
 *
 * @param thread the seq of the message that began it
 * @param following true when the user follows the thread; the counts of any other are 0
 * @param head the seq of the room's newest event at the time of the count: later events are not counted
 */
public record ThreadMarker(RoomId room, UserId user, long thread, boolean following, long head, Unread unread) {}
