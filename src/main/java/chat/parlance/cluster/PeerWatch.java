package chat.parlance.cluster;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watch for a node that is alone although {@code cluster.members} names addresses of other nodes. Messages still reach such
 * a node by the poll of the store, so an operator would not see that presence, typing and cluster-wide limits do not. The
 * log has one line when it begins and one when it ends.
 */
final class PeerWatch extends VerticleBase {

    /** A node is alone when it has known addresses and received no digest for this many intervals. */
    static final int SILENT_DIGESTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

    private final IntSupplier peers;
    private final Supplier<Set<InetSocketAddress>> addresses;
    private final int digestIntervalMs;
    private int silent;
    private volatile int known;
    private volatile boolean alone;

    /**
     * @param peers number of other nodes whose digests arrive; called on any thread
     * @param addresses addresses of other nodes; may block
     */
    PeerWatch(IntSupplier peers, Supplier<Set<InetSocketAddress>> addresses, int digestIntervalMs) {
        this.peers = peers;
        this.addresses = addresses;
        this.digestIntervalMs = digestIntervalMs;
    }

    @Override
    public Future<?> start() {
        vertx.setTimer(digestIntervalMs, fired -> check());
        return Future.succeededFuture();
    }

    /** May be called from any thread. */
    ClusterHealth health() {
        return new ClusterHealth(peers.getAsInt(), known, alone);
    }

    private void check() {
        vertx.executeBlocking(addresses::get).onComplete(resolved -> {
            if (resolved.succeeded()) {
                judge(resolved.result());
            }
            vertx.setTimer(digestIntervalMs, fired -> check());
        });
    }

    /** Counts one digest interval. */
    void judge(Set<InetSocketAddress> others) {
        known = others.size();
        boolean hears = peers.getAsInt() > 0;
        silent = hears || others.isEmpty() ? 0 : Math.min(silent + 1, SILENT_DIGESTS);
        if (!alone && silent == SILENT_DIGESTS) {
            alone = true;
            LOG.atWarn()
                    .addKeyValue("addresses", text(others))
                    .log("No digest of another node arrives, although cluster.members names addresses of other nodes");
        } else if (alone && silent == 0) {
            alone = false;
            LOG.atInfo()
                    .addKeyValue("addresses", text(others))
                    .addKeyValue("peers", peers.getAsInt())
                    .log("This node is no longer alone");
        }
    }

    private static List<String> text(Set<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .toList();
    }
}
