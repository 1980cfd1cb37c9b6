package chat.parlance.room;

/**
 * Intervals between signals.
 *
 * @param readIntervalMs from one write of a user's marker in a room to the next
 * @param typingIntervalMs the least time between two typing notices of one connection in one room; earlier ones are
 *     dropped
 */
public record SignalLimits(int readIntervalMs, int typingIntervalMs) {}
