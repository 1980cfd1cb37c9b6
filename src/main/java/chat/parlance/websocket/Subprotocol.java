package chat.parlance.websocket;

import java.util.Arrays;
import java.util.List;

/** The languages spoken at the door. */
enum Subprotocol {
    JSON("parlance.v1.json"),
    LINES("parlance.v1.lines");

    private final String wireName;

    Subprotocol(String wireName) {
        this.wireName = wireName;
    }

    /** The name in {@code Sec-WebSocket-Protocol}. */
    String wireName() {
        return wireName;
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(Subprotocol::wireName).toList();
    }
}
