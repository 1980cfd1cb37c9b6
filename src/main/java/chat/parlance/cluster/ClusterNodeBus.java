package chat.parlance.cluster;

import chat.parlance.bus.BusAddress;
import chat.parlance.bus.EventsMessage;
import chat.parlance.limit.UsageBus;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import chat.parlance.room.NodeBus;
import chat.parlance.room.Presence;
import chat.parlance.room.PresenceSettings;
import chat.parlance.room.Signal;
import chat.parlance.room.SignalBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of rooms over the clustered event bus: each batch of events is sent once to every node that has members of
 * one of its rooms, and there to the event loops with these rooms. On a node without a cluster it is local alone.
 */
public final class ClusterNodeBus implements NodeBus {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterNodeBus.class);

    /**
     * Limit of the bytes in flight to one node for signals, token usage and announcements; more are dropped. Late
     * signals and usage are worthless, and the node requests missed announcements.
     */
    private static final long HINTS_LIMIT_BYTES = 1 << 20;

    /** Interval whose changes of rooms are sent together. */
    private static final int ROOMS_DELAY_MS = 2;

    private final Vertx vertx;
    private final BusConsumers consumers;
    private final LocalRooms local;
    private final RemoteRooms remote = new RemoteRooms();
    private final PeerReplicas<RoomId> peers;
    private final PeerLinks links;
    private final SetReplicator<RoomId> replicator;
    private final ClusterSignals signals;
    private final ClusterPresence presence;
    private final ClusterUsageBus usage;

    private ClusterNodeBus(
            Vertx vertx,
            String node,
            Predicate<String> members,
            ClusterSettings.Bus settings,
            PresenceSettings presenceSettings,
            PeerMeters meters) {
        this.vertx = vertx;
        this.consumers = new BusConsumers(vertx, new PeerRefusals(meters, System::nanoTime));
        this.local = new LocalRooms(this::roomChanged, meters);
        this.links = new PeerLinks(
                vertx.eventBus(), PeerTraffic.EVENTS, BusAddress::events, settings.inFlightLimitBytes(), meters);
        this.peers = new PeerReplicas<>(remote);
        this.replicator = new SetReplicator<>(
                node,
                members,
                ReplicatedSet.ROOMS,
                local::contains,
                peers,
                hints(vertx, PeerTraffic.ROOMS, ReplicatedSet.ROOMS::addressOfChanges, meters),
                consumers,
                this::forget,
                new SetReplicator.Settings(ROOMS_DELAY_MS, settings.digestIntervalMs()));
        this.signals = new ClusterSignals(
                vertx, node, peers, remote, hints(vertx, PeerTraffic.SIGNALS, BusAddress::signals, meters), consumers);
        this.usage = new ClusterUsageBus(
                vertx, node, peers, hints(vertx, PeerTraffic.SPENDING, BusAddress::usage, meters), consumers);
        this.presence = ClusterPresence.of(
                node,
                vertx.isClustered(),
                members,
                hints(vertx, PeerTraffic.PRESENCE, ReplicatedSet.PRESENCE::addressOfChanges, meters),
                consumers,
                presenceSettings,
                settings.digestIntervalMs());
    }

    private void forget(String node) {
        links.forget(node);
        signals.forget(node);
        usage.forget(node);
    }

    private static PeerLinks hints(Vertx vertx, PeerTraffic traffic, UnaryOperator<String> address, PeerMeters meters) {
        return new PeerLinks(vertx.eventBus(), traffic, address, HINTS_LIMIT_BYTES, meters);
    }

    private void roomChanged(RoomId room) {
        if (vertx.isClustered()) {
            replicator.changed(room);
        }
    }

    /** Starts the exchange with other nodes; a node without a cluster has none. */
    static Future<ClusterNodeBus> start(
            Vertx vertx,
            String node,
            Predicate<String> members,
            ClusterSettings.Bus settings,
            PresenceSettings presence,
            PeerMeters meters) {
        ClusterNodeBus bus = new ClusterNodeBus(vertx, node, members, settings, presence, meters);
        Future<?> started = vertx.deployVerticle(bus.presence);
        if (vertx.isClustered()) {
            started = started.compose(deployed -> vertx.deployVerticle(bus.replicator))
                    .compose(deployed -> bus.consumers.consume(
                            BusAddress.events(node),
                            PeerRefusal.EVENTS,
                            EventsMessage::decode,
                            events -> bus.local.deliver(events, DeliveryPath.OTHER_NODE)))
                    .compose(registered -> bus.signals.start());
        }
        return started.map(done -> bus);
    }

    @Override
    public void publish(List<Event> events) {
        local.deliver(events, DeliveryPath.THIS_NODE);
        Map<String, List<Event>> byNode = new HashMap<>();
        for (Event event : events) {
            for (String node : remote.nodes(event.room())) {
                byNode.computeIfAbsent(node, first -> new ArrayList<>()).add(event);
            }
        }
        byNode.forEach((node, own) -> EventsMessage.encode(own).forEach(message -> links.send(node, message)));
        events.forEach(this::tellWhomItConcerns);
    }

    /** Signals a change of membership to its user, who need not follow the room when invited, added or removed. */
    private void tellWhomItConcerns(Event event) {
        if (event.body() instanceof EventBody.MembershipChanged membership) {
            signals.publish(new Signal.MembershipChanged(event.room(), membership.user()));
        }
    }

    @Override
    public Listener listen(Consumer<List<Event>> listener) {
        return local.listen(vertx.getOrCreateContext(), listener);
    }

    /** Number of other nodes whose digests arrive. */
    public int peers() {
        return peers.count();
    }

    /** True when digests of a node arrive. May be called from any thread. */
    boolean hears(String node) {
        return peers.known().contains(node);
    }

    /** Bus of signals, which are not stored, over the same cluster. */
    public SignalBus signals() {
        return signals;
    }

    /** Presence in rooms, over the same cluster. */
    public Presence presence() {
        return presence;
    }

    /** Bus of the token usage of rate limits, over the same cluster. */
    public UsageBus usage() {
        return usage;
    }

    /** Handles a node that has joined the cluster. */
    void joined() {
        replicator.joined();
        presence.joined();
    }

    /** Handles a node that has left the cluster. */
    void left(String node) {
        LOG.atInfo().addKeyValue("node", node).log("A node left the cluster");
        replicator.left(node);
        presence.left(node);
    }
}
