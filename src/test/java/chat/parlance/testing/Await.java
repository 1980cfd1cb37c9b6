package chat.parlance.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions whose begin nothing announces to the test. */
public final class Await {

    private static final int POLL_MS = 20;

    private Await() {}

    /**
     * Polls a condition until it holds.
     *
     * @param name of the condition, for the failure
     * @throws AssertionError when it does not hold within {@code timeoutMs}
     */
    public static void until(String name, long timeoutMs, BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0) {
                throw new AssertionError("not within %d ms: %s".formatted(timeoutMs, name));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
        }
    }
}
