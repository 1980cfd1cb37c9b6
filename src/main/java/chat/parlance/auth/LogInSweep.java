package chat.parlance.auth;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Deletion of what is over: each method deletes at most {@code limit} rows of a kind, and says how many. Nodes may call it at
 * once.
 */
public interface LogInSweep {

    /** Deletes refresh tokens that were used longer ago than {@code kept}. */
    Future<Integer> usedTokens(Duration kept, int limit);

    /** Deletes sessions that ended longer ago than {@code kept}, and their tokens. */
    Future<Integer> endedSessions(Duration kept, int limit);

    /** Deletes attempts to log in that are older than {@code kept}. */
    Future<Integer> oldAttempts(Duration kept, int limit);
}
