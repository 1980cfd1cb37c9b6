package chat.parlance.http;

import chat.parlance.error.ErrorCode;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Count of refusals with 429 on one HTTP connection, less the other answers. A client that waits as long as {@code
 * Retry-After} demands stays near zero; a flooding client reaches the limit whatever part of its requests is served.
 */
final class Refusals {

    private final int max;
    private int refusals;

    /** @param max the most refusals; one more closes the connection */
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
