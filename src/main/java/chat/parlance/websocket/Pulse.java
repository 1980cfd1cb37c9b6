package chat.parlance.websocket;

/**
 * Whether the peer of a connection is there: a connection that is silent is pinged, counts its user as absent when that is
 * not answered in time, and is given up when it is not answered at all. Times are of a clock that
 * nobody sets, and as fine as the ticks.
 */
final class Pulse {

    /** What a tick asks for. */
    enum Beat {
        NOTHING,
        PING,
        GIVE_UP
    }

    private final ConnectionLimits limits;
    private long pingedAtMs;
    private long heardAtMs;
    private boolean awaitsPong;
    private boolean heard;

    Pulse(ConnectionLimits limits, long nowMs) {
        this.limits = limits;
        this.pingedAtMs = nowMs;
        this.heardAtMs = nowMs;
    }

    /** The peer said something. */
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

    /** Whether the peer was heard within the lease. */
    boolean isPresent(long nowMs) {
        return nowMs - heardAtMs < limits.presenceLeaseMs();
    }
}
