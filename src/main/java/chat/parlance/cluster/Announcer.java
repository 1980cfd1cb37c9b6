package chat.parlance.cluster;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /** A node is forgotten after this many digests of it did not come. */
    private static final int MISSED_DIGESTS = 5;

    private final String node;
    private final Subject<T> subject;
    private final Predicate<T> has;
    private final PeerSets<T> peers;
    private final PeerLinks links;
    private final Consumer<String> forgotten;
    private final Settings settings;
    private final Set<T> dirty = new HashSet<>();
    private final Set<T> announced = new HashSet<>();
    private final Set<String> asking = new HashSet<>();

    /** Unknown nodes that were answered since the last digest: two that cannot get to know each other must not storm. */
    private final Set<String> greeted = new HashSet<>();

    private long version;

    /**
     * @param has whether this node has something now; called on the announcer's event loop
     * @param links to where the subject has changes told
     * @param forgotten is told each node that is known no longer
     */
    Announcer(
            String node,
            Subject<T> subject,
            Predicate<T> has,
            PeerSets<T> peers,
            PeerLinks links,
            Consumer<String> forgotten,
            Settings settings) {
        this.node = node;
        this.subject = subject;
        this.has = has;
        this.peers = peers;
        this.links = links;
        this.forgotten = forgotten;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        Future<Void> digests = listen(subject.address());
        Future<Void> changes = listen(subject.addressOfChanges(node));
        Future<Void> requests = vertx.eventBus()
                .<Buffer>consumer(subject.addressOfAll(node), this::answer)
                .completion();
        vertx.setPeriodic(settings.digestIntervalMs(), tick -> {
            greeted.clear();
            say(new Announcement.Digest<>(node, version));
            Set<String> before = peers.known();
            peers.removeSilent(nowMs() - (long) MISSED_DIGESTS * settings.digestIntervalMs());
            before.stream().filter(peer -> !peers.known().contains(peer)).forEach(this::forget);
        });
        return Future.all(digests, changes, requests).onSuccess(ready -> say(new Announcement.Digest<>(node, version)));
    }

    /** This node may have got something, or lost it. May be called from any event loop. */
    void changed(T element) {
        context.runOnContext(turn -> {
            if (dirty.isEmpty()) {
                vertx.setTimer(settings.deltaDelayMs(), fired -> announce());
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
        return vertx.eventBus()
                .<Buffer>consumer(address, message -> hear(Announcement.decode(message.body(), subject)))
                .completion();
    }

    /** Says what is true now of all that changed, whatever happened in between. */
    private void announce() {
        Set<T> added = new HashSet<>();
        Set<T> removed = new HashSet<>();
        for (T element : dirty) {
            if (has.test(element)) {
                if (announced.add(element)) {
                    added.add(element);
                }
            } else if (announced.remove(element)) {
                removed.add(element);
            }
        }
        dirty.clear();
        if (!added.isEmpty() || !removed.isEmpty()) {
            version++;
            Buffer delta = new Announcement.Delta<>(node, version, added, removed).encode(subject);
            peers.known().forEach(peer -> links.send(peer, delta));
        }
    }

    private void say(Announcement.Digest<T> digest) {
        vertx.eventBus().publish(subject.address(), digest.encode(subject));
    }

    private void hear(Announcement<T> announcement) {
        if (announcement.node().equals(node)) {
            return;
        }
        Long known = peers.version(announcement.node());
        peers.heard(announcement.node(), nowMs());
        switch (announcement) {
            case Announcement.Delta<T> delta
            when known != null && known == delta.version() - 1 ->
                peers.change(delta.node(), delta.version(), delta.added(), delta.removed());
            case Announcement.Delta<T> delta -> ask(delta.node());
            case Announcement.Digest<T> digest -> {
                if (known == null && greeted.add(digest.node())) {
                    // It is new here, so this node may be new there.
                    say(new Announcement.Digest<>(node, version));
                }
                if (known == null || known != digest.version()) {
                    ask(digest.node());
                }
            }
            case Announcement.All<T> all -> peers.replace(all.node(), all.version(), all.elements(), nowMs());
        }
    }

    private void ask(String peer) {
        if (!asking.add(peer)) {
            return;
        }
        vertx.eventBus()
                .<Buffer>request(
                        subject.addressOfAll(peer),
                        Buffer.buffer(),
                        new DeliveryOptions().setSendTimeout(settings.digestIntervalMs()))
                .onComplete(answered -> {
                    asking.remove(peer);
                    if (answered.succeeded()) {
                        hear(Announcement.decode(answered.result().body(), subject));
                    } else {
                        LOG.atDebug()
                                .addKeyValue("peer", peer)
                                .log("Not learnt what it has, the next digest asks again");
                    }
                });
    }

    private void answer(Message<Buffer> request) {
        request.reply(new Announcement.All<>(node, version, Set.copyOf(announced)).encode(subject));
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
