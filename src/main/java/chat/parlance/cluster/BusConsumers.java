package chat.parlance.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Consumers of the event bus that drop a broken message as a whole and count it, so that no exception leaves them. */
final class BusConsumers {

    private final Vertx vertx;
    private final PeerRefusals refusals;

    BusConsumers(Vertx vertx, PeerRefusals refusals) {
        this.vertx = vertx;
        this.refusals = refusals;
    }

    /**
     * Registers a consumer.
     *
     * @param of what the messages are counted as, when they are broken
     * @param decoder fails with an unchecked exception for a message that is broken
     */
    <T> Future<Void> consume(String address, PeerRefusal of, Function<Buffer, T> decoder, Consumer<T> handler) {
        return vertx.eventBus()
                .<Object>consumer(address, message -> {
                    T decoded;
                    try {
                        decoded = decoder.apply((Buffer) message.body());
                    } catch (RuntimeException broken) {
                        refusals.refused(of, broken.toString());
                        return;
                    }
                    handler.accept(decoded);
                })
                .completion();
    }

    /** Counts a message that is well formed, and says what no node may. */
    void refused(PeerRefusal of, String cause) {
        refusals.refused(of, cause);
    }
}
