package chat.parlance.auth;

import chat.parlance.model.SessionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The sessions that were ended lately, as far as this node has heard; those whose access tokens have expired all are
 * forgotten. May be used from any thread.
 */
public final class Revocations {

    private final Map<SessionId, Long> heardNs = new ConcurrentHashMap<>();
    private final Duration kept;
    private final LongSupplier nanoTime;

    /** @param kept longer than any access token is good for, on whichever node's clock */
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
