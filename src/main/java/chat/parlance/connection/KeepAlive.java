package chat.parlance.connection;

/**
 * Keep-alive of a connection: a silent peer is pinged; without a timely pong its user counts as absent, and later the
 * connection is given up. Times are those of a monotonic clock, with the resolution of the ticks.
 */
final class KeepAlive {

    /** Action after a tick. */
    enum Beat {
        NOTHING,
        PING,
        GIVE_UP
    }

    private final ConnectionLimits.Pings limits;
    private final int presenceLeaseMs;
    private long pingedAtMs;
    private long heardAtMs;
    private boolean awaitsPong;
    private boolean heard;

    /** @param presenceLeaseMs time of silence after which the user counts as gone */
    KeepAlive(ConnectionLimits.Pings limits, int presenceLeaseMs, long nowMs) {
        this.limits = limits;
        this.presenceLeaseMs = presenceLeaseMs;
        this.pingedAtMs = nowMs;
        this.heardAtMs = nowMs;
    }

    /** The peer sent something. */
    void heard() {
        heard = true;
    }

    /** The peer answered a ping. */
    void answered() {
        heard = true;
        awaitsPong = false;
    }

    /** Restarts the time for a pong: while the connection is not read, the pong may wait behind requests. */
    void held(long nowMs) {
        if (awaitsPong) {
            pingedAtMs = nowMs;
        }
    }

    Beat tick(long nowMs) {
        if (heard) {
            heard = false;
            heardAtMs = nowMs;
        }
        if (awaitsPong && nowMs - pingedAtMs >= limits.pongTimeoutMs()) {
            return Beat.GIVE_UP;
        }
        if (!awaitsPong && nowMs - pingedAtMs >= limits.pingIntervalMs()) {
            pingedAtMs = nowMs;
            awaitsPong = true;
            return Beat.PING;
        }
        return Beat.NOTHING;
    }

    /** True when the peer was heard within the lease. */
    boolean isPresent(long nowMs) {
        return nowMs - heardAtMs < presenceLeaseMs;
    }
}
