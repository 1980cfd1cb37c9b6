package chat.parlance.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of many users or addresses, each made when it is first asked for. One that is full again says nothing that a
 * new one would not, so those are dropped now and then; beyond a bound whoever is new shares one. May be used by any
 * thread.
 */
final class Buckets<K> {

    private final Supplier<TokenBucket> maker;
    private final int max;
    private final Map<K, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final TokenBucket shared;

    /** @param max how many are kept */
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

    /** The bucket of the key alone, null when it has none and there are too many for another. */
    @Nullable
    TokenBucket own(K key) {
        TokenBucket bucket = of(key);
        return bucket == shared ? null : bucket;
    }

    /** Drops those that are full. */
    void sweep() {
        buckets.values().removeIf(TokenBucket::isFull);
    }

    int size() {
        return buckets.size();
    }
}
