package chat.parlance.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets of many users or addresses, each created at its first use. A bucket that is full again equals a new
 * one, so full buckets are dropped now and then; beyond a limit, new keys share one bucket. May be used by any thread.
 */
final class Buckets<K> {

    private final Supplier<TokenBucket> maker;
    private final int max;
    private final Map<K, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final TokenBucket shared;

    /** @param max the most buckets */
    Buckets(Supplier<TokenBucket> maker, int max) {
        this.maker = maker;
        this.max = max;
        this.shared = maker.get();
    }

    TokenBucket of(K key) {
        TokenBucket bucket = buckets.get(key);
        if (bucket != null) {
            return bucket;
        }
        return buckets.size() < max ? buckets.computeIfAbsent(key, first -> maker.get()) : shared;
    }

    /** Bucket of the key alone, null when it has none and the limit of buckets is reached. */
    @Nullable
    TokenBucket own(K key) {
        TokenBucket bucket = of(key);
        return bucket == shared ? null : bucket;
    }

    /** Drops full buckets. */
    void sweep() {
        buckets.values().removeIf(TokenBucket::isFull);
    }

    int size() {
        return buckets.size();
    }
}
