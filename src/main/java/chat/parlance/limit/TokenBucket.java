package chat.parlance.limit;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One bucket of tokens, which may be taken from by any thread. */
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

    /** @throws ChatException with {@code rate.limited} when there are not so many */
    void take(int tokens) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.min(tokens, capacity));
        if (!probe.isConsumed()) {
            throw ChatException.retryLater(ErrorCode.RATE_LIMITED, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /**
     * Takes what was taken elsewhere, also when there are not so many: what is owed is refilled first. No more than one
     * capacity is ever owed, whatever other nodes report, so that a node that reports nonsense locks nobody out for
     * longer than it takes to refill two.
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

    /** A clock that no one sets, or a test's. */
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
