package chat.parlance.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A bus codec for an immutable type: within a node it passes the object itself, between nodes its binary form. */
public final class BusCodec<T> implements MessageCodec<T, T> {

    private final String name;
    private final BiConsumer<T, BusWriter> encoder;
    private final Function<BusReader, T> decoder;

    public BusCodec(String name, BiConsumer<T, BusWriter> encoder, Function<BusReader, T> decoder) {
        this.name = name;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    @Override
    public void encodeToWire(Buffer buffer, T value) {
        encoder.accept(value, new BusWriter(buffer));
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        return decoder.apply(new BusReader(buffer, position));
    }

    @Override
    public T transform(T value) {
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
