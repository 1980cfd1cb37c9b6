package chat.parlance.room;

/**
 * The store holds the message, durably.
 *
 * @param seq the message's place in its room
 * @param duplicate true when an earlier send with the same id had stored it already
 */
public record Appended(long seq, boolean duplicate) {}
