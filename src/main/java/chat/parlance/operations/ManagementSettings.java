package chat.parlance.operations;

import chat.parlance.http.ListenAddress;
import chat.parlance.setting.Within;

/** Section {@code management}. */
public record ManagementSettings(
        @Within(min = 1, max = 255) String host,
        @Within(min = 0, max = 65_535) int port) {

    /** The management port, with its keys. */
    public ListenAddress listenAddress() {
        return new ListenAddress("management.host", host, "management.port", port);
    }
}
