package chat.parlance.operations;

import chat.parlance.http.HttpMeters;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Meters of the requests of the public port. The buckets are few, because each route has its own with each status that it
 * has answered.
 */
final class HttpMetrics implements HttpMeters {

    private record Key(String route, int status) {}

    private final Meters meters;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    HttpMetrics(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void answered(String route, int status, long nanoseconds) {
        timers.computeIfAbsent(new Key(route, status), this::timer).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("parlance.http.requests")
                .description("Requests of the public port, until they are answered")
                .tag("route", key.route())
                .tag("status", Integer.toString(key.status()))
                .serviceLevelObjectives(Meters.LATENCIES)
                .register(meters.registry());
    }
}
