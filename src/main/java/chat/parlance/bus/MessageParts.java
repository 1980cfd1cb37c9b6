package chat.parlance.bus;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Limits of one message between nodes, and the division of longer lists by them. Each message stays far below the least
 * limit of a frame that can be configured ({@link #MIN_FRAME_BYTES}): a peer closes the connection on a longer one.
 */
public final class MessageParts {

    /** Limit of the elements of one message of rooms, presence, signals or token usage, each of at most 200 bytes. */
    public static final int MAX_ELEMENTS = 4096;

    /** Size after which a message with events ends; the event that exceeds it is the last. */
    public static final int EVENTS_BYTES = 256 << 10;

    /**
     * Least limit of a frame: {@link #EVENTS_BYTES} and the longest event after them fit, and {@link #MAX_ELEMENTS} of
     * all other messages.
     */
    public static final int MIN_FRAME_BYTES = 2 << 20;

    private MessageParts() {}

    /** Splits elements into lists of one message each; no list when there are no elements. */
    public static <T> List<List<T>> of(Collection<T> elements) {
        List<T> all = List.copyOf(elements);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_ELEMENTS) {
            parts.add(all.subList(from, Math.min(all.size(), from + MAX_ELEMENTS)));
        }
        return parts;
    }

    /** Encodes elements of varying size in as many messages as necessary. */
    static <T> List<Buffer> encode(List<T> elements, int usualBytes, BiConsumer<T, BusWriter> writer) {
        List<Buffer> parts = new ArrayList<>();
        int from = 0;
        while (from < elements.size()) {
            Buffer part = Buffer.buffer(Math.min(EVENTS_BYTES, (elements.size() - from) * usualBytes));
            BusWriter out = new BusWriter(part);
            part.appendInt(0);
            int to = from;
            while (to < elements.size() && to - from < MAX_ELEMENTS && part.length() < EVENTS_BYTES) {
                writer.accept(elements.get(to++), out);
            }
            part.setInt(0, to - from);
            parts.add(part);
            from = to;
        }
        return parts;
    }
}
