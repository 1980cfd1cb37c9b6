package chat.parlance.cluster;

import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.MessageParts;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Announces this node's elements of a set to the other nodes, and learns theirs: changes soon, a digest
 * periodically, everything on request. A node that receives an unexpected version, after a loss, a join or a merge of
 * two halves, requests everything; a node that has been silent for long, or has left the cluster, is forgotten with all
 * its elements. So a message is a lease, which the digests renew. Changes are sent to each known node, by links
 * that drop them while a frozen node does not read; that node detects the loss by the next digest.
 */
final class SetReplicator<T> extends VerticleBase {

    /**
     * @param deltaDelayMs interval whose changes are sent together
     * @param digestIntervalMs from one digest to the next
     */
    record Settings(int deltaDelayMs, int digestIntervalMs) {}

    /** Number of missed digests after which a node is forgotten. */
    private static final int MISSED_DIGESTS = 5;

    /** Delay of a change after a quiet time, which sends the changes of one moment together. */
    private static final int LEAST_DELAY_MS = 1;

    private final String node;
    private final Predicate<String> members;
    private final ReplicatedSet<T> set;
    private final Predicate<T> has;
    private final PeerReplicas<T> peers;
    private final PeerLinks links;
    private final BusConsumers consumers;
    private final Consumer<String> forgotten;
    private final Settings settings;
    private final Set<T> dirty = new HashSet<>();
    private final Set<T> announced = new HashSet<>();
    private final Set<String> asking = new HashSet<>();

    /**
     * Unknown nodes that were answered since the last digest, each once: two nodes that fail to get to know each other
     * must not cause a storm.
     */
    private final Set<String> greeted = new HashSet<>();

    private final Set<String> answering = new HashSet<>();
    private final PartsReceived<T> received = new PartsReceived<>();
    private long version;
    private long announcedMs = Long.MIN_VALUE / 2;

    /**
     * @param members identifies the nodes of the cluster; messages of others are ignored
     * @param has true when this node has the element now; called on the replicator's event loop
     * @param links to the nodes that receive changes of the set
     * @param forgotten called with each node that is forgotten
     */
    SetReplicator(
            String node,
            Predicate<String> members,
            ReplicatedSet<T> set,
            Predicate<T> has,
            PeerReplicas<T> peers,
            PeerLinks links,
            BusConsumers consumers,
            Consumer<String> forgotten,
            Settings settings) {
        this.node = node;
        this.members = members;
        this.set = set;
        this.has = has;
        this.peers = peers;
        this.links = links;
        this.consumers = consumers;
        this.forgotten = forgotten;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        Future<Void> digests = listen(set.address());
        Future<Void> changes = listen(set.addressOfChanges(node));
        Future<Void> requests =
                consumers.consume(set.addressOfAll(node), set.refusal(), SetReplicator::asker, this::answer);
        vertx.setPeriodic(settings.digestIntervalMs(), tick -> renew());
        return Future.all(digests, changes, requests)
                .onSuccess(ready -> say(new ReplicationMessage.Digest<>(node, version)));
    }

    /** Renews the lease on this node's elements, and ends the expired leases of other nodes. */
    private void renew() {
        greeted.clear();
        asking.clear();
        received.keep(members);
        say(new ReplicationMessage.Digest<>(node, version));
        Set<String> before = peers.known();
        peers.removeSilent(nowMs() - (long) MISSED_DIGESTS * settings.digestIntervalMs());
        before.stream().filter(peer -> !peers.known().contains(peer)).forEach(this::forget);
    }

    /** Greets a node that has joined the cluster. May be called from any thread. */
    void joined() {
        context.runOnContext(turn -> say(new ReplicationMessage.Digest<>(node, version)));
    }

    /** Announces an element that this node may have gained or lost. May be called from any event loop. */
    void changed(T element) {
        context.runOnContext(turn -> {
            if (dirty.isEmpty()) {
                long sinceMs = nowMs() - announcedMs;
                long delayMs = Math.clamp(settings.deltaDelayMs() - sinceMs, LEAST_DELAY_MS, settings.deltaDelayMs());
                vertx.setTimer(delayMs, fired -> announce());
            }
            dirty.add(element);
        });
    }

    /** Forgets a node that left the cluster. May be called from any thread. */
    void left(String peer) {
        context.runOnContext(turn -> {
            peers.remove(peer);
            forget(peer);
        });
    }

    private void forget(String peer) {
        links.forget(peer);
        forgotten.accept(peer);
    }

    private Future<Void> listen(String address) {
        return consumers.consume(
                address, set.refusal(), message -> ReplicationMessage.decode(message, set), this::hear);
    }

    /** Sends the present state of all changed elements, whatever happened in between. */
    private void announce() {
        announcedMs = nowMs();
        Set<T> added = new HashSet<>();
        Set<T> removed = new HashSet<>();
        for (T element : dirty) {
            if (has.test(element)) {
                if (announced.size() < ReplicatedSet.MAX_ELEMENTS && announced.add(element)) {
                    added.add(element);
                }
            } else if (announced.remove(element)) {
                removed.add(element);
            }
        }
        dirty.clear();
        MessageParts.of(removed).forEach(part -> announce(List.of(), part));
        MessageParts.of(added).forEach(part -> announce(part, List.of()));
    }

    private void announce(Collection<T> added, Collection<T> removed) {
        version++;
        Buffer delta = new ReplicationMessage.Delta<>(node, version, added, removed).encode(set);
        peers.known().forEach(peer -> links.send(peer, delta));
    }

    private void say(ReplicationMessage.Digest<T> digest) {
        vertx.eventBus().publish(set.address(), digest.encode(set));
    }

    private void hear(ReplicationMessage<T> message) {
        String peer = message.node();
        if (peer.equals(node) || !members.test(peer)) {
            return;
        }
        Long known = peers.version(peer);
        peers.heard(peer, nowMs());
        switch (message) {
            case ReplicationMessage.Delta<T> delta when known != null && known == delta.version() - 1 -> change(delta);
            case ReplicationMessage.Delta<T> delta -> ask(peer);
            case ReplicationMessage.Digest<T> digest -> {
                if (known == null && greeted.add(peer)) {
                    // The sender is new to this node, so this node may be new to the sender.
                    say(new ReplicationMessage.Digest<>(node, version));
                }
                if (known == null || known != digest.version()) {
                    ask(peer);
                }
            }
            case ReplicationMessage.Part<T> part -> {
                List<T> all = received.add(part);
                if (all != null) {
                    asking.remove(peer);
                    peers.replace(peer, part.version(), all, nowMs());
                }
            }
        }
    }

    private void change(ReplicationMessage.Delta<T> delta) {
        if (peers.size(delta.node()) + delta.added().size() > ReplicatedSet.MAX_ELEMENTS) {
            consumers.refused(set.refusal(), "more than " + ReplicatedSet.MAX_ELEMENTS + " elements of a node");
        } else {
            peers.change(delta.node(), delta.version(), delta.added(), delta.removed());
        }
    }

    private void ask(String peer) {
        if (asking.add(peer)) {
            Buffer request = Buffer.buffer();
            new BusWriter(request).string(node);
            vertx.eventBus().publish(set.addressOfAll(peer), request);
        }
    }

    /** @throws RuntimeException when the message is malformed */
    private static String asker(Buffer request) {
        BusReader in = new BusReader(request, 0);
        String asker = in.string();
        in.end();
        return asker;
    }

    /**
     * Sends everything, one answer to a node at a time: a node that requests endlessly is sent no more than the links
     * carry.
     */
    private void answer(String asker) {
        if (!members.test(asker) || !answering.add(asker)) {
            return;
        }
        MessageProducer<Buffer> changes = vertx.eventBus().publisher(set.addressOfChanges(asker));
        // Sent at once, so that no change gets between two parts.
        Future.join(ReplicationMessage.parts(node, version, announced).stream()
                        .map(part -> changes.write(part.encode(set)))
                        .toList())
                .onComplete(written -> context.runOnContext(turn -> answering.remove(asker)));
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
