package chat.parlance.limit;

import chat.parlance.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Rate limit of each user over all nodes. Every node has a bucket of the whole rate for each of its users, so it sends
 * no queries. Periodically it reports the usage of those users that exceed the node's equal share of the rate and of
 * the burst, and the other nodes take the usage out of their buckets. A user that stays within the share on every node
 * cannot exceed the whole, so almost no user is reported; a user that exceeds it on one node has the rest of the rate
 * on others. By spreading over nodes a user gains at most one burst a node.
 */
final class UserLimit {

    private final UsageBus bus;
    private final Buckets<UserId> buckets;
    private final long tokensPerSecond;
    private final long burstTokens;
    private final LongSupplier nanoTime;
    private final Map<UserId, Long> untold = new ConcurrentHashMap<>();
    private long reportedNs;

    UserLimit(UsageBus bus, Rate rate, int unit, int max, LongSupplier nanoTime) {
        this.bus = bus;
        this.buckets = new Buckets<>(() -> new TokenBucket(rate, unit, nanoTime), max);
        this.tokensPerSecond = (long) rate.times()
                * unit
                * Duration.ofSeconds(1).toNanos()
                / rate.period().toNanos();
        this.burstTokens = (long) rate.burst() * unit;
        this.nanoTime = nanoTime;
        this.reportedNs = nanoTime.getAsLong();
        bus.listen(this::hear);
    }

    /** @throws chat.parlance.error.ChatException with {@code rate.limited} */
    void take(UserId user, int tokens) {
        buckets.of(user).take(tokens);
        if (bus.nodes() > 1) {
            untold.merge(user, (long) tokens, Long::sum);
        }
    }

    /** Reports the users that exceed this node's share to the other nodes. */
    void report() {
        long now = nanoTime.getAsLong();
        long share = Math.round((now - reportedNs) / 1e9 * tokensPerSecond / bus.nodes());
        reportedNs = now;
        List<TokenUsage> over = new ArrayList<>();
        Map.copyOf(untold).forEach((user, tokens) -> {
            boolean exceeds = tokens > burstTokens / bus.nodes();
            long settled = exceeds ? tokens : share;
            untold.computeIfPresent(user, (same, total) -> total <= settled ? null : Long.valueOf(total - settled));
            if (exceeds) {
                over.add(new TokenUsage(user, tokens));
            }
        });
        if (!over.isEmpty()) {
            bus.publish(over);
        }
    }

    void sweep() {
        buckets.sweep();
    }

    private void hear(List<TokenUsage> usages) {
        for (TokenUsage usage : usages) {
            TokenBucket bucket = buckets.own(usage.user());
            if (bucket != null) {
                bucket.owe(usage.tokens());
            }
        }
    }
}
