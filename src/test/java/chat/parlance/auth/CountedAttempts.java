package chat.parlance.auth;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Attempts in memory that never expire. */
class CountedAttempts implements LogInAttempts {

    private record Attempt(Source source, boolean failed) {}

    private final int maxFailures;
    private final Duration window;
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private long last;

    CountedAttempts(int maxFailures, Duration window) {
        this.maxFailures = maxFailures;
        this.window = window;
    }

    synchronized int size() {
        return attempts.size();
    }

    @Override
    public synchronized Future<Admission> begin(Source source) {
        long failures = attempts.values().stream()
                .filter(attempt -> attempt.source().equals(source) && attempt.failed())
                .count();
        long all = attempts.values().stream()
                .filter(attempt -> attempt.source().equals(source))
                .count();
        if (failures >= maxFailures) {
            return Future.succeededFuture(new Admission.Locked(window));
        }
        if (all >= maxFailures) {
            return Future.succeededFuture(new Admission.Busy());
        }
        attempts.put(++last, new Attempt(source, false));
        return Future.succeededFuture(new Admission.Admitted(last));
    }

    @Override
    public synchronized Future<Void> fail(long attempt) {
        attempts.computeIfPresent(attempt, (id, known) -> new Attempt(known.source(), true));
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Void> withdraw(long attempt) {
        attempts.remove(attempt);
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Void> succeed(Source source, long attempt) {
        attempts.remove(attempt);
        attempts.values().removeIf(known -> known.source().equals(source) && known.failed());
        return Future.succeededFuture();
    }
}
