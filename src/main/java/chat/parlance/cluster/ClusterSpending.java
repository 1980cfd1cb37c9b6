package chat.parlance.cluster;

import chat.parlance.limit.Spending;
import chat.parlance.limit.SpendingBus;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;

/** What users spend of their limits, over the clustered event bus. */
final class ClusterSpending implements SpendingBus {

    private final Vertx vertx;
    private final String node;
    private final PeerSets<RoomId> peers;
    private final PeerLinks links;

    ClusterSpending(Vertx vertx, String node, PeerSets<RoomId> peers, PeerLinks links) {
        this.vertx = vertx;
        this.node = node;
        this.peers = peers;
        this.links = links;
    }

    @Override
    public int nodes() {
        return peers.count() + 1;
    }

    @Override
    public void publish(List<Spending> spendings) {
        Buffer message = encode(spendings);
        peers.known().forEach(peer -> links.send(peer, message));
    }

    @Override
    public void listen(Consumer<List<Spending>> listener) {
        if (vertx.isClustered()) {
            vertx.eventBus().<Buffer>consumer(BusAddress.spending(node), message -> receive(message.body(), listener));
        }
    }

    void forget(String peer) {
        links.forget(peer);
    }

    private static Buffer encode(List<Spending> spendings) {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.list(spendings, spending -> {
            out.string(spending.user().value());
            out.number(spending.tokens());
        });
        return buffer;
    }

    private void receive(Buffer message, Consumer<List<Spending>> listener) {
        try {
            BusReader in = new BusReader(message, 0);
            listener.accept(in.list(element -> new Spending(new UserId(element.string()), element.number())));
        } catch (RuntimeException broken) {
            BrokenMessages.dropped(broken);
        }
    }
}
