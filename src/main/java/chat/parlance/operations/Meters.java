package chat.parlance.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Registration of the meters of a node. */
record Meters(MeterRegistry registry) {

    /** Buckets of the latencies of requests. */
    static final Duration[] LATENCIES = milliseconds(5, 25, 100, 250, 1000, 5000);

    /** Buckets of the lags of deliveries. */
    static final Duration[] LAGS = milliseconds(5, 10, 25, 50, 100, 250, 500, 1000, 5000);

    private static Duration[] milliseconds(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .register(registry);
    }

    Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** @param value called on any thread */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** One timer for each constant, which is the value of the label {@code for}. */
    <E extends Enum<E>> Map<E, Timer> timers(Class<E> type, String name, String description) {
        Map<E, Timer> timers = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            timers.put(
                    constant,
                    Timer.builder(name)
                            .description(description)
                            .tag("for", label(constant))
                            .serviceLevelObjectives(LATENCIES)
                            .register(registry));
        }
        return timers;
    }

    /** One counter for each constant, which is the value of the label. */
    <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, String name, String description, String label) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(
                    constant,
                    Counter.builder(name)
                            .description(description)
                            .tag(label, label(constant))
                            .register(registry));
        }
        return counters;
    }

    /** Value of a label for a constant. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
