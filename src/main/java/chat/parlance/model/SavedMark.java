package chat.parlance.model;

/**
 * A message in the list that a user keeps for itself, or not any more.
 *
 * @param seq of the message
 * @param saved whether it is in the list
 */
public record SavedMark(RoomId room, UserId user, long seq, boolean saved) {}
