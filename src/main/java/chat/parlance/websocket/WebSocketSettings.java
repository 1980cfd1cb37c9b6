package chat.parlance.websocket;

import chat.parlance.connection.ConnectionLimits;
import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;

/** Section {@code websocket}. */
public record WebSocketSettings(
        @Within(min = 0, max = 1_024) int eventLoops,
        @Unwrapped ConnectionLimits limits) {

    /** Number of event loops that serve connections. */
    public int loops() {
        return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
    }
}
