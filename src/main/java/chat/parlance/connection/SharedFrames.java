package chat.parlance.connection;

import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one language to many connections: each is encoded and framed once, for any number of connections. Belongs
 * to one event loop.
 */
public final class SharedFrames {

    private final Function<byte[], ByteBuf> framing;
    private @Nullable Object current;
    private @Nullable ByteBuf frame;

    /** @param framing frame of a message, as the transport sends it to each client */
    public SharedFrames(Function<byte[], ByteBuf> framing) {
        this.framing = framing;
    }

    /**
     * Frame of a message, as a duplicate for one write, which releases it.
     *
     * @param message the object that is handed to one connection after the other
     * @param encoder encodes the message in the language
     */
    @SuppressWarnings("ReferenceEquality") // The same instance is sent to one connection after the other.
    public ByteBuf of(Object message, Supplier<byte[]> encoder) {
        ByteBuf shared = frame;
        if (shared == null || current != message) {
            clear();
            shared = framing.apply(encoder.get());
            frame = shared;
            current = message;
        }
        return shared.retainedDuplicate();
    }

    /** Releases the frame that was sent last. */
    public void clear() {
        if (frame != null) {
            frame.release();
        }
        frame = null;
        current = null;
    }
}
