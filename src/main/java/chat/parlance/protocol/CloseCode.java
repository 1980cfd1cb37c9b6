package chat.parlance.protocol;

/**
 * Close codes of the server (RFC 6455, section 7.4). After 1012 and 1013 a client retries with full jitter; after a
 * code of 4400 and more it must not retry unchanged.
 */
public enum CloseCode {
    BYE(1000, "bye", false),
    PROTOCOL_ERROR(1002, "protocol error", true),
    BINARY_REFUSED(1003, "text frames only", true),
    INVALID_UTF8(1007, "invalid UTF-8", true),
    FLOOD(1008, "flood", true),
    TOO_LARGE(1009, "message too large", true),
    DRAIN(1012, "node going away", false),
    SLOW(1013, "too far behind, reconnect and resume", false),
    CROWDED(1013, "too many connections of the user", false),
    UNAUTHENTICATED(4401, "not authenticated, or no longer", false);

    private final int code;
    private final String reason;
    private final boolean violation;

    CloseCode(int code, String reason, boolean violation) {
        this.code = code;
        this.reason = reason;
        this.violation = violation;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /**
     * True when the peer broke the protocol or its limits: the connection is then closed without the peer's close
     * frame.
     */
    public boolean isViolation() {
        return violation;
    }
}
