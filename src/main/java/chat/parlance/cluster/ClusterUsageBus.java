package chat.parlance.cluster;

import chat.parlance.bus.BusAddress;
import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.MessageParts;
import chat.parlance.limit.TokenUsage;
import chat.parlance.limit.UsageBus;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;

/** Token usage of rate limits, over the clustered event bus. */
final class ClusterUsageBus implements UsageBus {

    private final Vertx vertx;
    private final String node;
    private final PeerReplicas<RoomId> peers;
    private final PeerLinks links;
    private final BusConsumers consumers;

    ClusterUsageBus(Vertx vertx, String node, PeerReplicas<RoomId> peers, PeerLinks links, BusConsumers consumers) {
        this.vertx = vertx;
        this.node = node;
        this.peers = peers;
        this.links = links;
        this.consumers = consumers;
    }

    @Override
    public int nodes() {
        return peers.count() + 1;
    }

    @Override
    public void publish(List<TokenUsage> usages) {
        for (List<TokenUsage> part : MessageParts.of(usages)) {
            Buffer message = encode(part);
            peers.known().forEach(peer -> links.send(peer, message));
        }
    }

    @Override
    public void listen(Consumer<List<TokenUsage>> listener) {
        if (vertx.isClustered()) {
            consumers.consume(BusAddress.usage(node), PeerRefusal.SPENDING, ClusterUsageBus::decode, listener);
        }
    }

    void forget(String peer) {
        links.forget(peer);
    }

    private static Buffer encode(List<TokenUsage> usages) {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.list(usages, usage -> {
            out.string(usage.user().value());
            out.number(usage.tokens());
        });
        return buffer;
    }

    /** @throws RuntimeException when the message is malformed */
    private static List<TokenUsage> decode(Buffer message) {
        BusReader in = new BusReader(message, 0);
        List<TokenUsage> usages = in.list(
                MessageParts.MAX_ELEMENTS,
                element -> new TokenUsage(new UserId(element.string()), element.number(0, Long.MAX_VALUE)));
        in.end();
        return usages;
    }
}
