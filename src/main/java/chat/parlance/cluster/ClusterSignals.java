package chat.parlance.cluster;

import chat.parlance.bus.BusAddress;
import chat.parlance.bus.MessageParts;
import chat.parlance.model.RoomId;
import chat.parlance.room.Signal;
import chat.parlance.room.SignalBus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Signals over the clustered event bus: a room's signals are sent to the nodes that have the room, a user's to all.
 * Signals may be late, so those of some milliseconds are sent together.
 */
final class ClusterSignals implements SignalBus {

    private static final int SEND_DELAY_MS = 10;

    private record LoopListener(Context context, Consumer<Signal> handler) {}

    private final Vertx vertx;
    private final String node;
    private final PeerReplicas<RoomId> peers;
    private final RemoteRooms remote;
    private final PeerLinks links;
    private final BusConsumers consumers;
    private final List<LoopListener> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private List<Signal> outgoing = new ArrayList<>();

    ClusterSignals(
            Vertx vertx,
            String node,
            PeerReplicas<RoomId> peers,
            RemoteRooms remote,
            PeerLinks links,
            BusConsumers consumers) {
        this.vertx = vertx;
        this.node = node;
        this.peers = peers;
        this.remote = remote;
        this.links = links;
        this.consumers = consumers;
    }

    /** Listens to the signals of other nodes. */
    Future<Void> start() {
        return consumers.consume(
                BusAddress.signals(node),
                PeerRefusal.SIGNALS,
                SignalsMessage::decode,
                signals -> signals.forEach(this::deliver));
    }

    @Override
    public void publish(Signal signal) {
        deliver(signal);
        if (!vertx.isClustered()) {
            return;
        }
        synchronized (lock) {
            outgoing.add(signal);
            if (outgoing.size() == 1) {
                vertx.setTimer(SEND_DELAY_MS, fired -> send());
            }
        }
    }

    @Override
    public Registration listen(Consumer<Signal> handler) {
        LoopListener listener = new LoopListener(vertx.getOrCreateContext(), handler);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void forget(String peer) {
        links.forget(peer);
    }

    private void send() {
        List<Signal> signals;
        synchronized (lock) {
            signals = outgoing;
            outgoing = new ArrayList<>();
        }
        Map<String, List<Signal>> byNode = new HashMap<>();
        for (Signal signal : signals) {
            for (String peer : nodes(signal)) {
                byNode.computeIfAbsent(peer, first -> new ArrayList<>()).add(signal);
            }
        }
        byNode.forEach(
                (peer, own) -> MessageParts.of(own).forEach(part -> links.send(peer, SignalsMessage.encode(part))));
    }

    private Collection<String> nodes(Signal signal) {
        return switch (signal) {
            case Signal.Typing typing -> remote.nodes(typing.room());
            case Signal.Read read -> peers.known();
            case Signal.Preferred preferred -> peers.known();
            case Signal.ThreadState thread -> peers.known();
            case Signal.Saved saved -> peers.known();
            case Signal.MembershipChanged membership -> peers.known();
        };
    }

    private void deliver(Signal signal) {
        listeners.forEach(listener ->
                listener.context().runOnContext(turn -> listener.handler().accept(signal)));
    }
}
