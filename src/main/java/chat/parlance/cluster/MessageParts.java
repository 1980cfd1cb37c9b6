package chat.parlance.cluster;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Limits of one message between nodes, and the division of longer lists by them. Each message stays far below the least
 * limit of a frame that can be configured ({@link #MIN_FRAME_BYTES}): a peer ends the connection on a longer one.
 */
public final class MessageParts {

    /** Elements of one message: of rooms, presence, signals and token usage, each of which takes 200 bytes at most. */
    static final int MAX_ELEMENTS = 4096;

    /** A message with events ends with the one that takes it past this. */
    public static final int EVENTS_BYTES = 256 << 10;

    /** Room for {@link #EVENTS_BYTES} and the longest event after them, and for {@link #MAX_ELEMENTS} of all others. */
    static final int MIN_FRAME_BYTES = 2 << 20;

    private MessageParts() {}

    /** Elements in lists of one message each; none when there are none. */
    static <T> List<List<T>> of(Collection<T> elements) {
        List<T> all = List.copyOf(elements);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_ELEMENTS) {
            parts.add(all.subList(from, Math.min(all.size(), from + MAX_ELEMENTS)));
        }
        return parts;
    }

    /** Binary forms of elements whose size varies, in as many messages as that takes. */
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
