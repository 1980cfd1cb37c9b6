package chat.parlance.room;

import chat.parlance.setting.Within;

/** Section {@code presence}. */
public record PresenceSettings(
        @Within(min = 1, max = 60_000) int intervalMs,
        @Within(min = 0, max = 10_000) int maxListed,
        @Within(min = 100, max = 3_600_000) int leaseMs) {}
