package chat.parlance.protocol;

/**
 * Why the server closes a connection (RFC 6455, section 7.4). After 1012 and 1013 a client retries with full jitter;
 * after a code of 4400 and more it does not retry as it is.
 */
public enum CloseCode {
    BYE(1000, "bye"),
    PROTOCOL_ERROR(1002, "protocol error"),
    BINARY_REFUSED(1003, "text frames only"),
    INVALID_UTF8(1007, "invalid UTF-8"),
    FLOOD(1008, "flood"),
    TOO_LARGE(1009, "message too large"),
    DRAIN(1012, "node going away"),
    SLOW(1013, "too far behind, reconnect and resume"),
    CROWDED(1013, "too many connections of the user"),
    UNAUTHENTICATED(4401, "not authenticated, or no longer");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
