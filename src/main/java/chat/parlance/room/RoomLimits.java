package chat.parlance.room;

/**
 * The limits of rooms and of their delivery.
 *
 * @param maxTextBytes the longest message, in bytes of UTF-8
 * @param replayOnJoin number of events that a join without {@code since} receives
 * @param catchUpLimit number of events that a resume may be behind before it gets a reset; also the page size of every
 *     gap read
 * @param gapGraceMs time for the bus to deliver missing events before they are read from the store
 */
public record RoomLimits(int maxTextBytes, int replayOnJoin, int catchUpLimit, int gapGraceMs) {}
