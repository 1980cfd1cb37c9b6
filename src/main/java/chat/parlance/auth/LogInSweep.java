package chat.parlance.auth;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Deletion of expired rows: each method deletes at most {@code limit} rows of a kind and returns their number. Several nodes
 * may call it at once.
 */
public interface LogInSweep {

    /** Deletes sessions that ended longer ago than {@code kept}, and their tokens. */
    Future<Integer> endedSessions(Duration kept, int limit);

    /** Deletes log-in attempts that are older than {@code kept}. */
    Future<Integer> oldAttempts(Duration kept, int limit);

    /**
     * Deletes counts of log-ins that began longer ago than {@code window}, and writes each that has more than its first log-in
     * to the audit trail.
     */
    Future<Integer> endedTallies(Duration window, int limit);

    /** Deletes invites that expired longer ago than {@code kept}. */
    Future<Integer> expiredInvites(Duration kept, int limit);

    /** Deletes links that replace passwords and have expired. */
    Future<Integer> expiredResets(int limit);
}
