package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What a node says of the rooms it has members of. Its versions count its changes from 1, so that a node that missed one
 * notices and asks for everything.
 */
sealed interface RoomsMessage {

    String node();

    long version();

    /** The change that made {@code version} out of the one before. */
    record Delta(String node, long version, Collection<RoomId> added, Collection<RoomId> removed)
            implements RoomsMessage {}

    /** Said periodically: I am here, and this is my version. */
    record Digest(String node, long version) implements RoomsMessage {}

    /** Everything, on request. */
    record All(String node, long version, Collection<RoomId> rooms) implements RoomsMessage {}

    default Buffer encode() {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.string(getClass().getSimpleName().toLowerCase(Locale.ROOT));
        out.string(node());
        out.number(version());
        switch (this) {
            case Delta delta -> {
                out.list(delta.added(), room -> out.string(room.value()));
                out.list(delta.removed(), room -> out.string(room.value()));
            }
            case Digest digest -> {}
            case All all -> out.list(all.rooms(), room -> out.string(room.value()));
        }
        return buffer;
    }

    /** @throws RuntimeException when the message is broken */
    static RoomsMessage decode(Buffer buffer) {
        BusReader in = new BusReader(buffer, 0);
        String type = in.string();
        String node = in.string();
        long version = in.number();
        return switch (type) {
            case "delta" -> new Delta(node, version, rooms(in), rooms(in));
            case "digest" -> new Digest(node, version);
            case "all" -> new All(node, version, rooms(in));
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static List<RoomId> rooms(BusReader in) {
        return in.list(element -> new RoomId(element.string()));
    }
}
