package chat.parlance.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Consumers of the event bus that drop and count a malformed message as a whole, so that no exception leaves them. */
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
     * @param of counter of the malformed messages
     * @param decoder fails with an unchecked exception for a malformed message
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

    /** Counts a well-formed message whose content no node may send. */
    void refused(PeerRefusal of, String cause) {
        refusals.refused(of, cause);
    }
}
