package chat.parlance.room;

/**
 * How often signals are sent.
 *
 * @param readIntervalMs from one write of a user's marker in a room to the next
 * @param typingIntervalMs from one word of a connection that its user types in a room to the next; others are dropped
 */
public record SignalLimits(int readIntervalMs, int typingIntervalMs) {}
