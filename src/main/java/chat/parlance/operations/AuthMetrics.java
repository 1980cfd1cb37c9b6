package chat.parlance.operations;

import chat.parlance.auth.AuthMeters;
import chat.parlance.auth.LogInOutcome;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Objects;

/** Meters of log-ins and registrations. */
final class AuthMetrics implements AuthMeters {

    private final Map<LogInOutcome, Counter> logIns;
    private final Counter registrations;

    AuthMetrics(Meters meters) {
        logIns = meters.counters(LogInOutcome.class, "parlance.log.ins", "Attempts to log in", "outcome");
        registrations = meters.counter("parlance.registrations", "New accounts");
    }

    @Override
    public void triedToLogIn(LogInOutcome outcome) {
        Objects.requireNonNull(logIns.get(outcome)).increment();
    }

    @Override
    public void registered() {
        registrations.increment();
    }
}
