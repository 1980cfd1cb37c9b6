package chat.parlance.persistence;

import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;

/** Section {@code persistence}: the group commit. */
public record CommitSettings(
        @Unwrapped Connections connections,
        @Unwrapped Queue queue,
        @Within(min = 100, max = 600_000) int appendTimeoutMs) {

    /** Connections for messages: for batches, and for rooms that another transaction keeps locked. */
    public record Connections(
            @Within(min = 1, max = 64) int writers,
            @Within(min = 2, max = 64) int lockWaiters) {}

    /** Limits of a batch, and of the accepted, unanswered events of all rooms and of one room. */
    public record Queue(
            @Within(min = 1, max = 10_000) int maxBatch,
            @Within(min = 1, max = 1_000_000) int maxQueued,
            @Within(min = 1, max = 1_000_000) int maxQueuedPerRoom) {}
}
