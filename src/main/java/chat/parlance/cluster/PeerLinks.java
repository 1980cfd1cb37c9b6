package chat.parlance.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Sends to other nodes with a bound on what is under way to each. The bus itself has none: a peer that is frozen would
 * take this node's memory with it. What is beyond the bound is dropped, and the peer reads it from the store when it is
 * back.
 */
final class PeerLinks {

    private record Link(MessageProducer<Buffer> producer, AtomicLong inFlightBytes) {}

    private final EventBus bus;
    private final UnaryOperator<String> address;
    private final long inFlightLimitBytes;
    private final PeerMeters meters;
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    /** @param address of a node, for what these links carry */
    PeerLinks(EventBus bus, UnaryOperator<String> address, long inFlightLimitBytes, PeerMeters meters) {
        this.bus = bus;
        this.address = address;
        this.inFlightLimitBytes = inFlightLimitBytes;
        this.meters = meters;
    }

    /** May be called from any event loop. */
    void send(String node, Buffer message) {
        // A publisher's write completes with the socket's, a sender's does not: there is one consumer either way.
        Link link = links.computeIfAbsent(node, id -> new Link(bus.publisher(address.apply(id)), new AtomicLong()));
        int bytes = message.length();
        if (link.inFlightBytes().addAndGet(bytes) > inFlightLimitBytes) {
            link.inFlightBytes().addAndGet(-bytes);
            meters.dropped(bytes);
            return;
        }
        meters.sent(bytes);
        link.producer()
                .write(message)
                .onComplete(written -> link.inFlightBytes().addAndGet(-bytes));
    }

    void forget(String node) {
        links.remove(node);
    }
}
