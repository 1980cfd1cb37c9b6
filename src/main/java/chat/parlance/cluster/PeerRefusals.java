package chat.parlance.cluster;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is refused from other nodes, and logs each kind when it begins, then at most once a minute with the count, so
 * that nobody who reaches the port can fill the log. May be called from any thread.
 */
final class PeerRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(PeerRefusals.class);

    static final long LOG_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private static final int MAX_CAUSE_CHARS = 200;

    private static final class Series {
        private long loggedNs;
        private long since;
        private boolean logged;
    }

    private final PeerMeters meters;
    private final LongSupplier nanoTime;
    private final Map<PeerRefusal, Series> series = new EnumMap<>(PeerRefusal.class);

    PeerRefusals(PeerMeters meters, LongSupplier nanoTime) {
        this.meters = meters;
        this.nanoTime = nanoTime;
        for (PeerRefusal of : PeerRefusal.values()) {
            series.put(of, new Series());
        }
    }

    /** @param cause of the latest one, for operators; what a peer sent may be in it */
    void refused(PeerRefusal of, String cause) {
        meters.refused(of);
        long count = countToLog(of);
        if (count > 0) {
            LOG.atWarn()
                    .addKeyValue("of", of.name().toLowerCase(Locale.ROOT))
                    .addKeyValue("count", count)
                    .addKeyValue("cause", printable(cause))
                    .log("Refused from other nodes, or from strangers");
        }
    }

    /** Refusals since the last line of the log, or 0 when it is too early for another line. */
    private synchronized long countToLog(PeerRefusal of) {
        Series ofKind = Objects.requireNonNull(series.get(of));
        ofKind.since++;
        long now = nanoTime.getAsLong();
        if (ofKind.logged && now - ofKind.loggedNs < LOG_INTERVAL_NS) {
            return 0;
        }
        long count = ofKind.since;
        ofKind.logged = true;
        ofKind.loggedNs = now;
        ofKind.since = 0;
        return count;
    }

    private static String printable(String cause) {
        String cut = cause.length() > MAX_CAUSE_CHARS ? cause.substring(0, MAX_CAUSE_CHARS) : cause;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
