package chat.parlance.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads the other side of a {@link JoinExchange} and not one byte more; its buffer ends where the exchange does. After
 * the other side has proved itself, handlers that decode the member's packets replace this one.
 */
final class JoinDecoder extends InboundHandler<ByteBuffer, Void> {

    private final JoinExchange exchange;
    private final JoinEncoder encoder;
    private final BiConsumer<JoinDecoder, JoinExchange.Step.Proved> proved;
    private final Consumer<String> refused;

    /**
     * @param proved replaces the handlers of the exchange
     * @param refused closes the connection, with the reason
     */
    JoinDecoder(
            JoinExchange exchange,
            JoinEncoder encoder,
            BiConsumer<JoinDecoder, JoinExchange.Step.Proved> proved,
            Consumer<String> refused) {
        this.exchange = exchange;
        this.encoder = encoder;
        this.proved = proved;
        this.refused = refused;
    }

    @Override
    public void handlerAdded() {
        initSrcBuffer(exchange.incomingBytes());
    }

    /** A stranger that disconnects is no error worth a stack trace; Hazelcast logs none for an end of the stream. */
    @Override
    public void interceptError(Throwable error) throws EOFException {
        throw new EOFException("closed before the cluster's secret was proved: " + error);
    }

    @Override
    public HandlerStatus onRead() {
        boolean more = true;
        while (more) {
            more = switch (exchange.receive(src.duplicate().flip())) {
                case JoinExchange.Step.Wait wait -> false;
                case JoinExchange.Step.Reply reply -> {
                    encoder.send(reply.bytes().getBytes());
                    yield true;
                }
                case JoinExchange.Step.Proved peer -> {
                    proved.accept(this, peer);
                    yield false;
                }
                case JoinExchange.Step.Refused stranger -> {
                    refused.accept(stranger.reason());
                    yield false;
                }
            };
        }
        return HandlerStatus.CLEAN;
    }
}
