package chat.parlance.cluster;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refusals, and logs each kind at the rate of a {@link LinePacer}. May be called from any thread. */
final class PeerRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(PeerRefusals.class);

    private static final int MAX_CAUSE_CHARS = 200;

    private final PeerMeters meters;
    private final Map<PeerRefusal, LinePacer> pacers = new EnumMap<>(PeerRefusal.class);

    PeerRefusals(PeerMeters meters, LongSupplier nanoTime) {
        this.meters = meters;
        for (PeerRefusal of : PeerRefusal.values()) {
            pacers.put(of, new LinePacer(nanoTime));
        }
    }

    /** @param cause of the latest refusal, for operators; may contain what a peer sent */
    void refused(PeerRefusal of, String cause) {
        meters.refused(of);
        long count = Objects.requireNonNull(pacers.get(of)).countToLog();
        if (count > 0) {
            LOG.atWarn()
                    .addKeyValue("of", of.name().toLowerCase(Locale.ROOT))
                    .addKeyValue("count", count)
                    .addKeyValue("cause", printable(cause))
                    .log("Refused from other nodes, or from strangers");
        }
    }

    private static String printable(String cause) {
        String cut = cause.length() > MAX_CAUSE_CHARS ? cause.substring(0, MAX_CAUSE_CHARS) : cause;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
