package chat.parlance.room;

/**
 * The store holds the event, durably.
 *
 * @param seq the event's place in its room
 * @param duplicate true when an earlier send with the same id had stored it already
 */
public record Appended(long seq, boolean duplicate) {}
