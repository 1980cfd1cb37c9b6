package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes which rooms this one has members of, and learns theirs: changes at once, a digest periodically,
 * everything on request. A node that sees a version it did not expect, after a loss, a join or a merge of two halves,
 * asks for everything; one that has been silent for long is forgotten.
 */
final class RoomAnnouncer extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(RoomAnnouncer.class);

    /** Changes of so many milliseconds travel together. */
    private static final int DELTA_DELAY_MS = 2;

    /** A node is forgotten after this many digests of it did not come. */
    private static final int MISSED_DIGESTS = 8;

    private final String node;
    private final LocalRooms local;
    private final RemoteRooms remote;
    private final Consumer<String> forgotten;
    private final int digestIntervalMs;
    private final Set<RoomId> dirty = new HashSet<>();
    private final Set<RoomId> announced = new HashSet<>();
    private final Set<String> asking = new HashSet<>();
    private long version;

    /** @param forgotten is told each node that is known no longer */
    RoomAnnouncer(String node, LocalRooms local, RemoteRooms remote, Consumer<String> forgotten, int digestIntervalMs) {
        this.node = node;
        this.local = local;
        this.remote = remote;
        this.forgotten = forgotten;
        this.digestIntervalMs = digestIntervalMs;
    }

    @Override
    public Future<?> start() {
        Future<Void> rooms = vertx.eventBus()
                .<Buffer>consumer(BusAddress.ROOMS, message -> hear(RoomsMessage.decode(message.body())))
                .completion();
        Future<Void> requests = vertx.eventBus()
                .<Buffer>consumer(BusAddress.allRooms(node), this::answer)
                .completion();
        vertx.setPeriodic(digestIntervalMs, tick -> {
            say(new RoomsMessage.Digest(node, version));
            Set<String> before = remote.known();
            remote.removeSilent(nowMs() - (long) MISSED_DIGESTS * digestIntervalMs);
            before.stream().filter(peer -> !remote.known().contains(peer)).forEach(forgotten);
        });
        return Future.all(rooms, requests).onSuccess(ready -> say(new RoomsMessage.Digest(node, version)));
    }

    /** May be called from any event loop. */
    void changed(RoomId room) {
        context.runOnContext(turn -> {
            if (dirty.isEmpty()) {
                vertx.setTimer(DELTA_DELAY_MS, fired -> announce());
            }
            dirty.add(room);
        });
    }

    /** Forgets a node that left the cluster. May be called from any thread. */
    void left(String peer) {
        context.runOnContext(turn -> {
            remote.remove(peer);
            forgotten.accept(peer);
        });
    }

    /** Says what is true now of each room that changed, whatever happened in between. */
    private void announce() {
        Set<RoomId> added = new HashSet<>();
        Set<RoomId> removed = new HashSet<>();
        for (RoomId room : dirty) {
            if (local.contains(room)) {
                if (announced.add(room)) {
                    added.add(room);
                }
            } else if (announced.remove(room)) {
                removed.add(room);
            }
        }
        dirty.clear();
        if (!added.isEmpty() || !removed.isEmpty()) {
            version++;
            say(new RoomsMessage.Delta(node, version, added, removed));
        }
    }

    private void say(RoomsMessage message) {
        vertx.eventBus().publish(BusAddress.ROOMS, message.encode());
    }

    private void hear(RoomsMessage message) {
        if (message.node().equals(node)) {
            return;
        }
        Long known = remote.version(message.node());
        remote.heard(message.node(), nowMs());
        switch (message) {
            case RoomsMessage.Delta delta
            when known != null && known == delta.version() - 1 ->
                remote.change(delta.node(), delta.version(), delta.added(), delta.removed());
            case RoomsMessage.Delta delta -> ask(delta.node());
            case RoomsMessage.Digest digest -> {
                if (known == null) {
                    // It is new here, so this node may be new there.
                    say(new RoomsMessage.Digest(node, version));
                }
                if (known == null || known != digest.version()) {
                    ask(digest.node());
                }
            }
            case RoomsMessage.All all -> remote.replace(all.node(), all.version(), all.rooms(), nowMs());
        }
    }

    private void ask(String peer) {
        if (!asking.add(peer)) {
            return;
        }
        vertx.eventBus()
                .<Buffer>request(BusAddress.allRooms(peer), Buffer.buffer())
                .onComplete(answered -> {
                    asking.remove(peer);
                    if (answered.succeeded()) {
                        hear(RoomsMessage.decode(answered.result().body()));
                    } else {
                        LOG.atDebug().addKeyValue("peer", peer).log("Rooms not learnt, the next digest asks again");
                    }
                });
    }

    private void answer(Message<Buffer> request) {
        request.reply(new RoomsMessage.All(node, version, Set.copyOf(announced)).encode());
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
