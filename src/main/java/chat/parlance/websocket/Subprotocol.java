package chat.parlance.websocket;

import java.util.Arrays;
import java.util.List;

/** Languages of the WebSocket endpoints. */
enum Subprotocol {
    JSON("parlance.v1.json"),
    LINES("parlance.v1.lines");

    private final String wireName;

    Subprotocol(String wireName) {
        this.wireName = wireName;
    }

    /** Name in {@code Sec-WebSocket-Protocol}. */
    String wireName() {
        return wireName;
    }

    /** Language that a client and the server agreed on. */
    static Subprotocol of(String wireName) {
        return LINES.wireName.equals(wireName) ? LINES : JSON;
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(Subprotocol::wireName).toList();
    }
}
