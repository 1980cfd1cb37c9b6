package chat.parlance.operations;

import chat.parlance.cluster.DeliveryPath;
import chat.parlance.cluster.PeerMeters;
import chat.parlance.cluster.PeerRefusal;
import chat.parlance.cluster.PeerTraffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Meters of messages from and to other nodes. */
final class PeerMetrics implements PeerMeters {

    private final Map<PeerTraffic, Counter> sent;
    private final Map<PeerTraffic, Counter> dropped;
    private final Map<PeerRefusal, Counter> refused;
    private final Map<DeliveryPath, Timer> lag = new EnumMap<>(DeliveryPath.class);

    PeerMetrics(Meters meters) {
        sent = meters.counters(PeerTraffic.class, "parlance.peer.bytes", "Bytes sent to other nodes", "of");
        dropped = meters.counters(
                PeerTraffic.class, "parlance.peer.dropped.bytes", "Bytes not sent to a node that is stuck", "of");
        refused = meters.counters(
                PeerRefusal.class, "parlance.peer.refused", "Messages and connections refused from other nodes", "of");
        for (DeliveryPath path : DeliveryPath.values()) {
            lag.put(
                    path,
                    Timer.builder("parlance.delivery.lag")
                            .description("From a commit to the write to the sockets")
                            .tag("committed.by", Meters.label(path))
                            .serviceLevelObjectives(Meters.LAGS)
                            .register(meters.registry()));
        }
    }

    @Override
    public void sent(PeerTraffic traffic, int bytes) {
        Objects.requireNonNull(sent.get(traffic)).increment(bytes);
    }

    @Override
    public void dropped(PeerTraffic traffic, int bytes) {
        Objects.requireNonNull(dropped.get(traffic)).increment(bytes);
    }

    @Override
    public void delivered(DeliveryPath path, long lagMs) {
        // Two clocks may disagree by more than the lag.
        Objects.requireNonNull(lag.get(path)).record(Math.max(0, lagMs), TimeUnit.MILLISECONDS);
    }

    @Override
    public void refused(PeerRefusal of) {
        Objects.requireNonNull(refused.get(of)).increment();
    }
}
