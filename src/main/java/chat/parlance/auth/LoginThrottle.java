package chat.parlance.auth;

import chat.parlance.auth.LogInAttempts.Admission;
import chat.parlance.auth.LogInAttempts.Source;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Limit of failed log-ins of one account from one address. Beyond it no password is verified, so an attempt costs no
 * hash. The user can still log in from another address, so an attacker cannot lock a user out. May be called from any
 * event loop.
 *
 * <p>While pending attempts fill the limit, a further one waits a moment for their outcome: a user's programs that log
 * in at the same time are served one after the other, and guesses are refused as soon as the earlier ones have failed.
 */
public final class LoginThrottle {

    /** First pause of a waiting attempt; each further pause is twice as long. */
    private static final int FIRST_PAUSE_MS = 50;

    private static final int LAST_PAUSE_MS = 1_600;

    /** Limit of a node's attempts that wait for the outcome of others. */
    private static final int MAX_WAITING = 100;

    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final LogInAttempts attempts;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Last unanswered call of {@code begin} for each source. */
    private final Map<Source, Future<Admission>> asked = new ConcurrentHashMap<>();

    public LoginThrottle(Vertx vertx, LogInAttempts attempts) {
        this.vertx = vertx;
        this.attempts = attempts;
    }

    /**
     * Verifies a password, if the limit allows it.
     *
     * @param proof completes empty when the password was wrong; fails when it was not hashed
     * @return the result of the proof, or a failure with {@code auth.too_many_failures}
     */
    <T> Future<Optional<T>> attempt(Source source, Supplier<Future<Optional<T>>> proof) {
        return begin(source, FIRST_PAUSE_MS)
                .compose(attempt -> proof.get()
                        .recover(
                                notTried -> attempts.withdraw(attempt).transform(done -> Future.failedFuture(notTried)))
                        .compose(proved -> proved.isPresent()
                                ? attempts.succeed(source, attempt).map(proved)
                                // If this call fails, the attempt still counts, for it is never withdrawn.
                                : attempts.fail(attempt).transform(done -> Future.succeededFuture(proved))));
    }

    private Future<Long> begin(Source source, int pauseMs) {
        return ask(source).compose(admission -> switch (admission) {
            case Admission.Admitted admitted -> Future.succeededFuture(admitted.attempt());
            case Admission.Locked locked -> refused(locked.left());
            case Admission.Busy busy -> pauseMs > LAST_PAUSE_MS ? refused(BUSY) : later(source, pauseMs);
        });
    }

    /**
     * Starts the attempts of one source one after the other: in Postgres they would wait for each other's lock, and
     * block connections.
     */
    private Future<Admission> ask(Source source) {
        ContextInternal context = ContextInternal.current();
        Promise<Admission> answered = context == null ? Promise.promise() : context.promise();
        Future<Admission> own = asked.compute(
                source,
                (same, before) ->
                        before == null ? attempts.begin(source) : before.transform(done -> attempts.begin(source)));
        own.onComplete(done -> {
            asked.remove(source, own);
            answered.handle(done);
        });
        return answered.future();
    }

    private Future<Long> later(Source source, int pauseMs) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return refused(BUSY);
        }
        return vertx.timer(pauseMs, TimeUnit.MILLISECONDS)
                .onComplete(over -> waiting.decrementAndGet())
                .compose(over -> begin(source, 2 * pauseMs));
    }

    private static Future<Long> refused(Duration left) {
        return Future.failedFuture(ChatException.retryLater(ErrorCode.AUTH_TOO_MANY_FAILURES, left));
    }
}
