package chat.parlance.cluster;

import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.MessageParts;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Message about a node's elements: rooms, or users in rooms. Versions count the node's changes from 1, so that a node
 * that missed one notices and requests everything.
 */
sealed interface ReplicationMessage<T> {

    /** Type names at the start of the binary form. */
    String DELTA = "delta";

    String DIGEST = "digest";
    String PART = "part";

    long MORE = 0;
    long LAST = 1;

    String node();

    long version();

    /** Change from the version before to {@code version}. */
    record Delta<T>(String node, long version, Collection<T> added, Collection<T> removed)
            implements ReplicationMessage<T> {}

    /** Periodic message of a node's version, which also shows that the node is alive. */
    record Digest<T>(String node, long version) implements ReplicationMessage<T> {}

    /**
     * A part of all elements, on request; the parts follow directly one after the other.
     *
     * @param index 0 for the first part
     * @param last true for the last part
     */
    record Part<T>(String node, long version, int index, boolean last, Collection<T> elements)
            implements ReplicationMessage<T> {}

    /** All elements of a node, in parts. */
    static <T> List<Part<T>> parts(String node, long version, Collection<T> elements) {
        List<List<T>> lists = MessageParts.of(elements);
        if (lists.isEmpty()) {
            return List.of(new Part<>(node, version, 0, true, List.of()));
        }
        List<Part<T>> parts = new ArrayList<>();
        for (int i = 0; i < lists.size(); i++) {
            parts.add(new Part<>(node, version, i, i == lists.size() - 1, lists.get(i)));
        }
        return parts;
    }

    default Buffer encode(ReplicatedSet<T> set) {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.string(
                switch (this) {
                    case Delta<T> delta -> DELTA;
                    case Digest<T> digest -> DIGEST;
                    case Part<T> part -> PART;
                });
        out.string(node());
        out.number(version());
        switch (this) {
            case Delta<T> delta -> {
                out.list(delta.added(), element -> set.writer().accept(element, out));
                out.list(delta.removed(), element -> set.writer().accept(element, out));
            }
            case Digest<T> digest -> {}
            case Part<T> part -> {
                out.number(part.index());
                out.number(part.last() ? LAST : MORE);
                out.list(part.elements(), element -> set.writer().accept(element, out));
            }
        }
        return buffer;
    }

    /** @throws RuntimeException when the message is malformed */
    static <T> ReplicationMessage<T> decode(Buffer buffer, ReplicatedSet<T> set) {
        BusReader in = new BusReader(buffer, 0);
        String type = in.string();
        String node = in.string();
        long version = in.number(0, Long.MAX_VALUE);
        ReplicationMessage<T> message = switch (type) {
            case DELTA -> new Delta<>(node, version, elements(in, set), elements(in, set));
            case DIGEST -> new Digest<>(node, version);
            case PART ->
                new Part<>(
                        node,
                        version,
                        (int) in.number(0, ReplicatedSet.MAX_ELEMENTS / MessageParts.MAX_ELEMENTS),
                        in.number(MORE, LAST) == LAST,
                        elements(in, set));
            default -> throw new IllegalArgumentException("type " + type);
        };
        in.end();
        return message;
    }

    private static <T> List<T> elements(BusReader in, ReplicatedSet<T> set) {
        return in.list(MessageParts.MAX_ELEMENTS, set.reader());
    }
}
