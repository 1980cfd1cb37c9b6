package chat.parlance.auth;

import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Log-in attempts, counted over all nodes by account and address. An attempt counts before its password is hashed, so
 * that many attempts at once do not exceed the failures that are left.
 */
public interface LogInAttempts {

    /**
     * Account and address of an attempt.
     *
     * @param account may be an id without an account: it is counted too, so that no answer reveals the difference
     */
    record Source(String account, String address) {

        /** Account of all attempts with the codes of links; no user id has brackets. */
        private static final String LINKS = "[links]";

        public Source(UserId user, String address) {
            this(user.value(), address);
        }

        /** Source of attempts with the codes of links. */
        static Source ofLinks(String address) {
            return new Source(LINKS, address);
        }
    }

    /** Answer to {@link #begin}. */
    sealed interface Admission {

        /** The attempt is counted, until {@link #withdraw} or {@link #succeed}. */
        record Admitted(long attempt) implements Admission {}

        /** As many attempts are pending as failures are left. */
        record Busy() implements Admission {}

        /** The limit of failures is reached; {@code left} is the time until the oldest of them is forgotten. */
        record Locked(Duration left) implements Admission {}
    }

    /** Counts an attempt, unless the limit is reached. */
    Future<Admission> begin(Source source);

    /**
     * Records that the password was wrong. Without this call, the attempt counts as a failure some seconds after it
     * began.
     */
    Future<Void> fail(long attempt);

    /** Removes an attempt that revealed nothing, because no password was hashed. */
    Future<Void> withdraw(long attempt);

    /** Removes an attempt with the right password, and the earlier failures of its source. */
    Future<Void> succeed(Source source, long attempt);
}
