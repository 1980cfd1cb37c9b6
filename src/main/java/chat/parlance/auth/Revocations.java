package chat.parlance.auth;

import chat.parlance.model.SessionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Sessions that were revoked recently, as far as this node has polled them. Sessions whose access tokens have all
 * expired are forgotten. May be used from any thread.
 */
public final class Revocations {

    private final Map<SessionId, Long> heardNs = new ConcurrentHashMap<>();
    private final Duration kept;
    private final LongSupplier nanoTime;

    /** @param kept longer than any access token is valid, on any node's clock */
    public Revocations(Duration kept, LongSupplier nanoTime) {
        this.kept = kept;
        this.nanoTime = nanoTime;
    }

    public void add(Collection<SessionId> ended) {
        long now = nanoTime.getAsLong();
        ended.forEach(session -> heardNs.putIfAbsent(session, now));
        heardNs.values().removeIf(heard -> now - heard > kept.toNanos());
    }

    public boolean contains(SessionId session) {
        return heardNs.containsKey(session);
    }
}
