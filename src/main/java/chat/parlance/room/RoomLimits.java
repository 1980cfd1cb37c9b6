package chat.parlance.room;

import chat.parlance.setting.Within;

/** Section {@code room}: limits of rooms and of their delivery. */
public record RoomLimits(
        @Within(min = 1, max = 1_048_576) int maxTextBytes,
        @Within(min = 0, max = 1_000) int replayOnJoin,
        @Within(min = 1, max = 100_000) int catchUpLimit,
        @Within(min = 1, max = 10_000) int gapGraceMs) {}
