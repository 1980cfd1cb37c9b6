package chat.parlance.connection;

import java.util.concurrent.TimeUnit;

/** Clock for intervals: unlike the wall clock it is never set back. */
final class MonotonicClock {

    private MonotonicClock() {}

    static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
