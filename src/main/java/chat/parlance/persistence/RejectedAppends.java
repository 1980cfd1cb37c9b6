package chat.parlance.persistence;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts events of other nodes that break the rules, which a node checks before it sends: the other node has another
 * configuration or version, or is no node. Logs the first, and then at most once a minute. Belongs to one event loop.
 */
final class RejectedAppends {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedAppends.class);
    private static final long LOG_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final StoreMeters meters;
    private final LongSupplier nanoTime;
    private long sinceLogged;
    private long loggedNs;

    RejectedAppends(StoreMeters meters, LongSupplier nanoTime) {
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.loggedNs = nanoTime.getAsLong() - LOG_INTERVAL_NS;
    }

    /** Counts one event, or a request of which no event could be read. */
    void add(RuntimeException reason) {
        meters.rejected();
        sinceLogged++;
        if (nanoTime.getAsLong() - loggedNs >= LOG_INTERVAL_NS) {
            LOG.atWarn()
                    .addKeyValue("cause", reason.toString())
                    .addKeyValue("count", sinceLogged)
                    .log("Events of another node rejected");
            loggedNs = nanoTime.getAsLong();
            sinceLogged = 0;
        }
    }
}
