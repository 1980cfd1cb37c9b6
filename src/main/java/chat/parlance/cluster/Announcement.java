package chat.parlance.cluster;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;

/**
 * What a node says of what it has: rooms, or users in rooms. Its versions count its changes from 1, so that a node that
 * missed one notices and asks for everything.
 */
sealed interface Announcement<T> {

    /** What the binary form begins with. */
    String DELTA = "delta";

    String DIGEST = "digest";
    String ALL = "all";

    String node();

    long version();

    /** The change that made {@code version} out of the one before. */
    record Delta<T>(String node, long version, Collection<T> added, Collection<T> removed) implements Announcement<T> {}

    /** Said periodically: I am here, and this is my version. */
    record Digest<T>(String node, long version) implements Announcement<T> {}

    /** Everything, on request. */
    record All<T>(String node, long version, Collection<T> elements) implements Announcement<T> {}

    default Buffer encode(Subject<T> subject) {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.string(
                switch (this) {
                    case Delta<T> delta -> DELTA;
                    case Digest<T> digest -> DIGEST;
                    case All<T> all -> ALL;
                });
        out.string(node());
        out.number(version());
        switch (this) {
            case Delta<T> delta -> {
                out.list(delta.added(), element -> subject.writer().accept(element, out));
                out.list(delta.removed(), element -> subject.writer().accept(element, out));
            }
            case Digest<T> digest -> {}
            case All<T> all ->
                out.list(all.elements(), element -> subject.writer().accept(element, out));
        }
        return buffer;
    }

    /** @throws RuntimeException when the message is broken */
    static <T> Announcement<T> decode(Buffer buffer, Subject<T> subject) {
        BusReader in = new BusReader(buffer, 0);
        String type = in.string();
        String node = in.string();
        long version = in.number();
        return switch (type) {
            case DELTA -> new Delta<>(node, version, elements(in, subject), elements(in, subject));
            case DIGEST -> new Digest<>(node, version);
            case ALL -> new All<>(node, version, elements(in, subject));
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static <T> List<T> elements(BusReader in, Subject<T> subject) {
        return in.list(subject.reader());
    }
}
