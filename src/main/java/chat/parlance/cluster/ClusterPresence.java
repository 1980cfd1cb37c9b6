package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.Presence;
import chat.parlance.room.PresenceSettings;
import chat.parlance.room.RoomPresence;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Presence over the cluster: this node announces the users in its rooms, and receives the announcements of the others.
 * Changes of one tick are reported together. All its state belongs to its own event loop.
 */
final class ClusterPresence extends VerticleBase implements Presence {

    /** Interval whose arrivals are reported together, in rooms without a report for a tick. */
    private static final int ARRIVALS_DELAY_MS = 10;

    /**
     * Announcements in one tick. Other nodes report them at their own next tick, so an announcement may wait for a part
     * of one.
     */
    private static final int DELTAS_PER_TICK = 5;

    private final PresenceSettings settings;
    private final PresenceTable table;
    private final @Nullable SetReplicator<PresenceEntry> replicator;
    private final Map<PresenceEntry, Integer> own = new HashMap<>();
    private final Map<RoomId, Map<LoopListener, Integer>> listeners = new HashMap<>();
    private boolean ticking;
    private boolean arriving;

    private ClusterPresence(
            String node,
            boolean clustered,
            Predicate<String> members,
            PeerLinks links,
            BusConsumers consumers,
            PresenceSettings settings,
            int digestIntervalMs) {
        this.settings = settings;
        this.table = new PresenceTable(settings.maxListed());
        this.replicator = clustered
                ? new SetReplicator<>(
                        node,
                        members,
                        ReplicatedSet.PRESENCE,
                        own::containsKey,
                        new PeerReplicas<>(new Elsewhere()),
                        links,
                        consumers,
                        forgotten -> {},
                        new SetReplicator.Settings(
                                Math.max(1, settings.intervalMs() / DELTAS_PER_TICK), digestIntervalMs))
                : null;
    }

    /** Creates the presence, which is deployed once a node. */
    static ClusterPresence of(
            String node,
            boolean clustered,
            Predicate<String> members,
            PeerLinks links,
            BusConsumers consumers,
            PresenceSettings settings,
            int digestIntervalMs) {
        return new ClusterPresence(node, clustered, members, links, consumers, settings, digestIntervalMs);
    }

    /** Starts the replicator on this event loop. */
    @Override
    public Future<?> start() throws Exception {
        return replicator == null ? Future.succeededFuture() : replicator.deploy(context);
    }

    @Override
    public Listener listen(Consumer<List<RoomPresence>> handler) {
        return new LoopListener(vertx.getOrCreateContext(), handler);
    }

    /** Greets a node that has joined the cluster. May be called from any thread. */
    void joined() {
        if (replicator != null) {
            replicator.joined();
        }
    }

    /** Forgets a node that left the cluster. May be called from any thread. */
    void left(String node) {
        if (replicator != null) {
            replicator.left(node);
        }
    }

    private void enter(LoopListener listener, PresenceEntry entry) {
        listeners.computeIfAbsent(entry.room(), first -> new HashMap<>()).merge(listener, 1, Integer::sum);
        table.add(entry.room(), entry.user());
        if (own.merge(entry, 1, Integer::sum) == 1 && replicator != null) {
            replicator.changed(entry);
        }
        tickLater();
    }

    private void exit(LoopListener listener, PresenceEntry entry) {
        Map<LoopListener, Integer> ofRoom = listeners.get(entry.room());
        if (ofRoom != null
                && ofRoom.computeIfPresent(listener, (same, users) -> users == 1 ? null : users - 1) == null) {
            listeners.computeIfPresent(entry.room(), (room, left) -> left.isEmpty() ? null : left);
        }
        table.remove(entry.room(), entry.user());
        if (own.computeIfPresent(entry, (same, connections) -> connections == 1 ? null : connections - 1) == null
                && replicator != null) {
            replicator.changed(entry);
        }
        tickLater();
    }

    private void tickLater() {
        if (!ticking && table.hasChanged()) {
            ticking = true;
            vertx.setTimer(settings.intervalMs(), fired -> {
                ticking = false;
                tell(table.takeChanges(listeners::containsKey, nowMs()));
            });
        }
        if (!arriving && table.hasArrivals()) {
            arriving = true;
            vertx.setTimer(ARRIVALS_DELAY_MS, fired -> {
                arriving = false;
                tell(table.takeArrivals(listeners::containsKey, nowMs(), settings.intervalMs()));
            });
        }
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void tell(List<RoomPresence> changes) {
        Map<LoopListener, List<RoomPresence>> byListener = new HashMap<>();
        for (RoomPresence change : changes) {
            listeners
                    .getOrDefault(change.room(), Map.of())
                    .keySet()
                    .forEach(listener -> byListener
                            .computeIfAbsent(listener, first -> new ArrayList<>())
                            .add(change));
        }
        byListener.forEach(LoopListener::tell);
    }

    /** Observer of the announcements of other nodes. */
    private final class Elsewhere implements PeerReplicas.Observer<PresenceEntry> {

        @Override
        public void added(String node, PresenceEntry entry) {
            table.add(entry.room(), entry.user());
            tickLater();
        }

        @Override
        public void removed(String node, PresenceEntry entry) {
            table.remove(entry.room(), entry.user());
            tickLater();
        }
    }

    private final class LoopListener implements Listener {

        private final Context loop;
        private final Consumer<List<RoomPresence>> handler;
        private volatile boolean closed;

        LoopListener(Context loop, Consumer<List<RoomPresence>> handler) {
            this.loop = loop;
            this.handler = handler;
        }

        @Override
        public void enter(RoomId room, UserId user) {
            context.runOnContext(turn -> ClusterPresence.this.enter(this, new PresenceEntry(room, user)));
        }

        @Override
        public void exit(RoomId room, UserId user) {
            context.runOnContext(turn -> ClusterPresence.this.exit(this, new PresenceEntry(room, user)));
        }

        @Override
        public void close() {
            closed = true;
        }

        private void tell(List<RoomPresence> changes) {
            loop.runOnContext(turn -> {
                if (!closed) {
                    handler.accept(changes);
                }
            });
        }
    }
}
