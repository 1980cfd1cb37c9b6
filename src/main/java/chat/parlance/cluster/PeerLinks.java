package chat.parlance.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Sends to other nodes with a limit on the bytes in flight to each. The bus itself has none: a frozen peer would
 * exhaust this node's memory. Messages beyond the limit are dropped; when the peer is back, it reads events from the
 * store and requests missed announcements of rooms and presence.
 */
final class PeerLinks {

    /** Bytes that the bus and the socket hold for a message in flight, beside its content. */
    private static final int OVERHEAD_BYTES = 1024;

    private record Link(MessageProducer<Buffer> producer, AtomicLong inFlightBytes) {}

    private final EventBus bus;
    private final PeerTraffic traffic;
    private final UnaryOperator<String> address;
    private final long inFlightLimitBytes;
    private final PeerMeters meters;
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    /**
     * @param traffic kind of the messages
     * @param address of a node, for this kind
     * @param inFlightLimitBytes the most memory for messages in flight to one node
     */
    PeerLinks(
            EventBus bus,
            PeerTraffic traffic,
            UnaryOperator<String> address,
            long inFlightLimitBytes,
            PeerMeters meters) {
        this.bus = bus;
        this.traffic = traffic;
        this.address = address;
        this.inFlightLimitBytes = inFlightLimitBytes;
        this.meters = meters;
    }

    /** May be called from any event loop. */
    void send(String node, Buffer message) {
        // A publisher's write completes with the socket's, a sender's does not; either way there is one consumer.
        Link link = links.computeIfAbsent(node, id -> new Link(bus.publisher(address.apply(id)), new AtomicLong()));
        int heldBytes = message.length() + OVERHEAD_BYTES;
        if (link.inFlightBytes().addAndGet(heldBytes) > inFlightLimitBytes) {
            link.inFlightBytes().addAndGet(-heldBytes);
            meters.dropped(traffic, message.length());
            return;
        }
        meters.sent(traffic, message.length());
        link.producer()
                .write(message)
                .onComplete(written -> link.inFlightBytes().addAndGet(-heldBytes));
    }

    void forget(String node) {
        links.remove(node);
    }
}
