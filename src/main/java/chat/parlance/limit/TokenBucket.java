package chat.parlance.limit;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One token bucket. May be used by any thread. */
final class TokenBucket {

    private final Bucket bucket;
    private final long capacity;

    /** @param unit tokens of one time of the rate */
    TokenBucket(Rate rate, int unit, LongSupplier nanoTime) {
        capacity = (long) rate.burst() * unit;
        bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy((long) rate.times() * unit, rate.period()))
                .withCustomTimePrecision(new Nanoseconds(nanoTime))
                .build();
    }

    /** @throws ChatException with {@code rate.limited} when too few tokens are left */
    void take(int tokens) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.min(tokens, capacity));
        if (!probe.isConsumed()) {
            throw ChatException.retryLater(ErrorCode.RATE_LIMITED, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /**
     * Takes tokens that were used on other nodes, even if too few are left: the debt is refilled first. It never
     * exceeds one capacity, whatever other nodes report, so that a node with wrong reports locks a user out no longer
     * than two refills take.
     */
    void owe(long tokens) {
        long most = bucket.getAvailableTokens() + capacity;
        long owed = Math.min(tokens, most);
        if (owed > 0) {
            bucket.consumeIgnoringRateLimits(owed);
        }
    }

    boolean isFull() {
        return bucket.getAvailableTokens() >= capacity;
    }

    /** A monotonic clock, or a test's. */
    private record Nanoseconds(LongSupplier nanoTime) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
