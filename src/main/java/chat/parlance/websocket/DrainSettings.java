package chat.parlance.websocket;

import chat.parlance.setting.Within;

/** Section {@code drain}. */
public record DrainSettings(
        @Within(min = 0, max = 600_000) int unreadyMs,
        @Within(min = 1, max = 600_000) int spreadMs,
        @Within(min = 1, max = 600_000) int timeoutMs) {}
