package chat.parlance.model;

import java.time.Instant;

/** Place and time of a room's newest message, deleted or not. */
public record LastMessage(long seq, Instant at) {}
