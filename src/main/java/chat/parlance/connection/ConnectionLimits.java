package chat.parlance.connection;

import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;

/** Limits of one connection, in section {@code websocket}. */
public record ConnectionLimits(
        @Unwrapped Messages messages,
        @Unwrapped LogIn logIn,
        @Unwrapped Pings pings,
        @Within(min = 1, max = 100_000) int maxPendingRequests,
        @Within(min = 1, max = 100_000) int maxRooms) {

    /** Limits of a message from the client over all its fragments, and of the bytes queued for a slow client. */
    public record Messages(
            @Within(min = 1_024, max = 16_777_216) int maxMessageBytes,
            @Within(min = 1, max = 10_000) int maxFragments,
            @Within(min = 524_288, max = 1_073_741_824) int outboundLimitBytes) {}

    /** Time limits for a JSON client and for a person in line mode to log in. */
    public record LogIn(
            @Within(min = 100, max = 600_000) int authTimeoutMs,
            @Within(min = 100, max = 3_600_000) int lineLoginTimeoutMs) {}

    /** Pings of the server, and the limit of those of a client. */
    public record Pings(
            @Within(min = 100, max = 3_600_000) int pingIntervalMs,
            @Within(min = 100, max = 600_000) int pongTimeoutMs,
            @Within(min = 1, max = 10_000) int maxPingsPerSecond) {}
}
