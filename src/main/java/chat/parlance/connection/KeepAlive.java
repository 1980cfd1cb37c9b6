package chat.parlance.connection;

/**
 * Keep-alive of a connection: a silent peer is pinged; without a timely pong its user counts as absent, and later the
 * connection is given up. A message of the peer proves the one direction, so it postpones the next ping; the other one
 * is proved by a pong now and then. Times are those of a monotonic clock.
 */
final class KeepAlive {

    /** Action after a tick. */
    enum Beat {
        NOTHING,
        PING,
        GIVE_UP
    }

    /** The most intervals between two pings of a peer that keeps sending: it may no longer receive anything. */
    private static final int MAX_INTERVALS = 5;

    private final ConnectionLimits.Pings limits;
    private final int presenceLeaseMs;
    private long pingedAtMs;
    private long heardAtMs;

    /** Time of the last ping, or of the last message after it. */
    private long quietSinceMs;

    private boolean awaitsPong;

    /**
     * @param presenceLeaseMs time of silence after which the user counts as gone
     * @param aheadMs time by which the first ping comes earlier than the others, at random, so that connections that
     *     were opened together are not pinged together
     */
    KeepAlive(ConnectionLimits.Pings limits, int presenceLeaseMs, long nowMs, int aheadMs) {
        this.limits = limits;
        this.presenceLeaseMs = presenceLeaseMs;
        this.pingedAtMs = nowMs;
        this.heardAtMs = nowMs;
        this.quietSinceMs = nowMs - aheadMs;
    }

    /** The peer sent something. */
    void heard(long nowMs) {
        heardAtMs = nowMs;
        quietSinceMs = nowMs;
    }

    /** The peer answered a ping. */
    void answered(long nowMs) {
        heardAtMs = nowMs;
        awaitsPong = false;
    }

    /** Restarts the time for a pong: while the connection is not read, the pong may wait behind requests. */
    void held(long nowMs) {
        if (awaitsPong) {
            pingedAtMs = nowMs;
        }
    }

    Beat tick(long nowMs) {
        if (awaitsPong && nowMs - pingedAtMs >= limits.pongTimeoutMs()) {
            return Beat.GIVE_UP;
        }
        if (!awaitsPong && nowMs >= pingDueMs()) {
            pingedAtMs = nowMs;
            quietSinceMs = nowMs;
            awaitsPong = true;
            return Beat.PING;
        }
        return Beat.NOTHING;
    }

    /** Time of the next tick that may change anything, if the peer stays silent. */
    long dueMs(long nowMs) {
        long dueMs = Long.MAX_VALUE;
        if (pingDueMs() > nowMs) {
            dueMs = pingDueMs();
        }
        if (isPresent(nowMs)) {
            dueMs = Math.min(dueMs, heardAtMs + presenceLeaseMs);
        }
        return awaitsPong ? Math.min(dueMs, pingedAtMs + limits.pongTimeoutMs()) : dueMs;
    }

    /** True when the peer was heard within the lease. */
    boolean isPresent(long nowMs) {
        return nowMs - heardAtMs < presenceLeaseMs;
    }

    private long pingDueMs() {
        long intervalMs = limits.pingIntervalMs();
        return Math.min(quietSinceMs + intervalMs, pingedAtMs + MAX_INTERVALS * intervalMs);
    }
}
