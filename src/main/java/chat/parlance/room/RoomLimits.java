package chat.parlance.room;

/**
 * The bounds of rooms and of their delivery.
 *
 * @param maxTextBytes the longest message, in bytes of UTF-8
 * @param replayOnJoin how many events a join without {@code since} is shown
 * @param catchUpLimit how many events a resume may be behind before it gets a reset, and the page of every gap read
 * @param gapGraceMs how long the bus has to bring what is missing, before it is read from the store
 */
public record RoomLimits(int maxTextBytes, int replayOnJoin, int catchUpLimit, int gapGraceMs) {}
