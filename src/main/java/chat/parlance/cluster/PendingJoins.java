package chat.parlance.cluster;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections between members on which the other side has not proved the cluster's secret yet. Each has a deadline for
 * the whole exchange, and the number of those that others made is limited ({@link UnprovenPeers}): a member proves itself
 * within milliseconds, so strangers that connect and stay silent cannot keep members out. Strangers are counted, and logged
 * at most once a minute, however many come.
 */
final class PendingJoins {

    static final int MAX_ACCEPTED = 128;
    static final int DEADLINE_MS = 3000;

    private static final Logger LOG = LoggerFactory.getLogger(PendingJoins.class);

    /** One connection; its identity is the key. */
    static final class Peer {

        private final InetSocketAddress address;
        private final boolean accepted;
        private final long sinceNs;
        private final Consumer<String> closer;
        private volatile boolean proved;

        private Peer(InetSocketAddress address, boolean accepted, long sinceNs, Consumer<String> closer) {
            this.address = address;
            this.accepted = accepted;
            this.sinceNs = sinceNs;
            this.closer = closer;
        }

        boolean hasProved() {
            return proved;
        }
    }

    private final LongSupplier clockNs;
    private final Runnable refused;
    private final LinePacer pacer;
    private final Map<Peer, Boolean> peers = new LinkedHashMap<>();
    private final UnprovenPeers<Peer> strangers = new UnprovenPeers<>(MAX_ACCEPTED);

    /**
     * @param clockNs a monotonic clock
     * @param refused called for each connection of another that is refused
     */
    PendingJoins(LongSupplier clockNs, Runnable refused) {
        this.clockNs = clockNs;
        this.refused = refused;
        this.pacer = new LinePacer(clockNs);
    }

    /**
     * Adds a new connection.
     *
     * @param accepted the other side connected, and counts for the limit
     * @param closer closes the connection, with the reason
     */
    Peer add(InetSocketAddress address, boolean accepted, Consumer<String> closer) {
        Peer peer = new Peer(address, accepted, clockNs.getAsLong(), closer);
        Peer oldest;
        synchronized (this) {
            peers.put(peer, true);
            oldest = accepted ? strangers.add(address.getHostString(), peer) : null;
        }
        if (oldest != null) {
            refuse(oldest, "too many others connected since");
        }
        return peer;
    }

    /** Records that the other side has proved the secret; false when its connection was closed before. */
    boolean prove(Peer peer) {
        peer.proved = remove(peer);
        return peer.proved;
    }

    /** Removes a closed connection; false when it had been removed before. */
    synchronized boolean remove(Peer peer) {
        strangers.remove(peer.address.getHostString(), peer);
        return peers.remove(peer) != null;
    }

    /** Closes a connection, unless its other side has proved itself. */
    void refuse(Peer peer, String reason) {
        if (remove(peer)) {
            peer.closer.accept(reason);
            if (peer.accepted) {
                refused.run();
            }
            log(peer, reason);
        }
    }

    /** Closes the connections whose deadline has passed; called about once a second. */
    void closeLate() {
        long latestNs = clockNs.getAsLong() - TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
        for (Peer late = oldest(latestNs); late != null; late = oldest(latestNs)) {
            refuse(late, "it proved nothing within %d ms".formatted(DEADLINE_MS));
        }
    }

    private synchronized @Nullable Peer oldest(long latestNs) {
        Iterator<Peer> all = peers.keySet().iterator();
        Peer oldest = all.hasNext() ? all.next() : null;
        return oldest != null && oldest.sinceNs - latestNs <= 0 ? oldest : null;
    }

    private void log(Peer peer, String reason) {
        long connections = pacer.countToLog();
        if (connections > 0) {
            LOG.atWarn()
                    .addKeyValue("address", String.valueOf(peer.address))
                    .addKeyValue("reason", reason)
                    .addKeyValue("connections", connections)
                    .log("Connections of strangers to the cluster's port were closed");
        }
    }
}
