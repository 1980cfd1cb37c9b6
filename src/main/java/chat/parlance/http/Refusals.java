package chat.parlance.http;

import chat.parlance.error.ErrorCode;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Answers of one HTTP connection that refuse a request for its rate, less those that do not. A client that waits as long as
 * {@code Retry-After} says stays near zero; one that floods gets to the limit whatever part of its requests is served.
 */
final class Refusals {

    private final int max;
    private int refusals;

    /** @param max refusals that a connection outlives */
    Refusals(int max) {
        this.max = max;
    }

    /** Counts an answer; true when the connection has had too many refusals. */
    boolean isFlood(HttpResponseStatus answer) {
        boolean refused = answer.code() == ErrorCode.RATE_LIMITED.status();
        refusals = refused ? refusals + 1 : Math.max(0, refusals - 1);
        return refusals > max;
    }
}
