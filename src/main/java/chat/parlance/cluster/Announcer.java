package chat.parlance.cluster;

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
 * Tells the other nodes what this one has of a subject, and learns what they have: changes soon, a digest periodically,
 * everything on request. A node that sees a version it did not expect, after a loss, a join or a merge of two halves,
 * asks for everything; one that has been silent for long, or has left the cluster, is forgotten with all it had. So what
 * a node says is a lease on it, which its digests renew. Changes are sent to each node that is known, by links that drop
 * what a frozen one does not take; it sees by the next digest that it missed something.
 */
final class Announcer<T> extends VerticleBase {

    /**
     * @param deltaDelayMs changes of so many milliseconds travel together
     * @param digestIntervalMs from one digest to the next
     */
    record Settings(int deltaDelayMs, int digestIntervalMs) {}

    /** A node is forgotten after this many digests of it did not come. */
    private static final int MISSED_DIGESTS = 5;

    /** After a quiet time a change waits only for those of the same moment. */
    private static final int LEAST_DELAY_MS = 1;

    private final String node;
    private final Predicate<String> members;
    private final Subject<T> subject;
    private final Predicate<T> has;
    private final PeerSets<T> peers;
    private final PeerLinks links;
    private final BusConsumers consumers;
    private final Consumer<String> forgotten;
    private final Settings settings;
    private final Set<T> dirty = new HashSet<>();
    private final Set<T> announced = new HashSet<>();
    private final Set<String> asking = new HashSet<>();

    /** Unknown nodes that were answered since the last digest: two that cannot get to know each other must not storm. */
    private final Set<String> greeted = new HashSet<>();

    private final Set<String> answering = new HashSet<>();
    private final PartsReceived<T> received = new PartsReceived<>();
    private long version;
    private long announcedMs = Long.MIN_VALUE / 2;

    /**
     * @param members tells the nodes of the cluster from others, which are ignored
     * @param has whether this node has something now; called on the announcer's event loop
     * @param links to where the subject has changes told
     * @param forgotten is told each node that is known no longer
     */
    Announcer(
            String node,
            Predicate<String> members,
            Subject<T> subject,
            Predicate<T> has,
            PeerSets<T> peers,
            PeerLinks links,
            BusConsumers consumers,
            Consumer<String> forgotten,
            Settings settings) {
        this.node = node;
        this.members = members;
        this.subject = subject;
        this.has = has;
        this.peers = peers;
        this.links = links;
        this.consumers = consumers;
        this.forgotten = forgotten;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        Future<Void> digests = listen(subject.address());
        Future<Void> changes = listen(subject.addressOfChanges(node));
        Future<Void> requests =
                consumers.consume(subject.addressOfAll(node), subject.refusal(), Announcer::asker, this::answer);
        vertx.setPeriodic(settings.digestIntervalMs(), tick -> renew());
        return Future.all(digests, changes, requests).onSuccess(ready -> say(new Announcement.Digest<>(node, version)));
    }

    /** Renews the lease on what this node has, and ends those of nodes that have not. */
    private void renew() {
        greeted.clear();
        asking.clear();
        received.keep(members);
        say(new Announcement.Digest<>(node, version));
        Set<String> before = peers.known();
        peers.removeSilent(nowMs() - (long) MISSED_DIGESTS * settings.digestIntervalMs());
        before.stream().filter(peer -> !peers.known().contains(peer)).forEach(this::forget);
    }

    /** Greets a node that has joined the cluster. May be called from any thread. */
    void joined() {
        context.runOnContext(turn -> say(new Announcement.Digest<>(node, version)));
    }

    /** This node may have got something, or lost it. May be called from any event loop. */
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
                address, subject.refusal(), message -> Announcement.decode(message, subject), this::hear);
    }

    /** Says what is true now of all that changed, whatever happened in between. */
    private void announce() {
        announcedMs = nowMs();
        Set<T> added = new HashSet<>();
        Set<T> removed = new HashSet<>();
        for (T element : dirty) {
            if (has.test(element)) {
                if (announced.size() < Subject.MAX_ELEMENTS && announced.add(element)) {
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
        Buffer delta = new Announcement.Delta<>(node, version, added, removed).encode(subject);
        peers.known().forEach(peer -> links.send(peer, delta));
    }

    private void say(Announcement.Digest<T> digest) {
        vertx.eventBus().publish(subject.address(), digest.encode(subject));
    }

    private void hear(Announcement<T> announcement) {
        String peer = announcement.node();
        if (peer.equals(node) || !members.test(peer)) {
            return;
        }
        Long known = peers.version(peer);
        peers.heard(peer, nowMs());
        switch (announcement) {
            case Announcement.Delta<T> delta when known != null && known == delta.version() - 1 -> change(delta);
            case Announcement.Delta<T> delta -> ask(peer);
            case Announcement.Digest<T> digest -> {
                if (known == null && greeted.add(peer)) {
                    // It is new here, so this node may be new there.
                    say(new Announcement.Digest<>(node, version));
                }
                if (known == null || known != digest.version()) {
                    ask(peer);
                }
            }
            case Announcement.Part<T> part -> {
                List<T> all = received.add(part);
                if (all != null) {
                    asking.remove(peer);
                    peers.replace(peer, part.version(), all, nowMs());
                }
            }
        }
    }

    private void change(Announcement.Delta<T> delta) {
        if (peers.size(delta.node()) + delta.added().size() > Subject.MAX_ELEMENTS) {
            consumers.refused(subject.refusal(), "more than " + Subject.MAX_ELEMENTS + " elements of a node");
        } else {
            peers.change(delta.node(), delta.version(), delta.added(), delta.removed());
        }
    }

    private void ask(String peer) {
        if (asking.add(peer)) {
            Buffer request = Buffer.buffer();
            new BusWriter(request).string(node);
            vertx.eventBus().publish(subject.addressOfAll(peer), request);
        }
    }

    /** @throws RuntimeException when the message is broken */
    private static String asker(Buffer request) {
        BusReader in = new BusReader(request, 0);
        String asker = in.string();
        in.end();
        return asker;
    }

    /** Sends everything, one answer to a node at a time: one that asks without end is sent no more than the links take. */
    private void answer(String asker) {
        if (!members.test(asker) || !answering.add(asker)) {
            return;
        }
        MessageProducer<Buffer> changes = vertx.eventBus().publisher(subject.addressOfChanges(asker));
        // At once, so that no change comes between two parts.
        Future.join(Announcement.parts(node, version, announced).stream()
                        .map(part -> changes.write(part.encode(subject)))
                        .toList())
                .onComplete(written -> context.runOnContext(turn -> answering.remove(asker)));
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
