package chat.parlance.operations;

import chat.parlance.limit.Limit;
import chat.parlance.limit.LimitMeters;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Objects;

/** Meters of the rate limits. */
final class LimitMetrics implements LimitMeters {

    private final Map<Limit, Counter> limited;

    LimitMetrics(Meters meters) {
        limited = meters.counters(Limit.class, "parlance.rate.limited", "Requests beyond a rate limit", "limit");
    }

    @Override
    public void limited(Limit limit) {
        Objects.requireNonNull(limited.get(limit)).increment();
    }
}
