package chat.parlance.model;

/**
 * A message that was added to a user's saved ones, or removed from them.
 *
 * @param seq of the message
 * @param saved true when it is in the list
 */
public record SavedMark(RoomId room, UserId user, long seq, boolean saved) {}
