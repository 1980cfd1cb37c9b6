package chat.parlance.cluster;

import chat.parlance.bus.BusAddress;
import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A set of elements that each node replicates to the others.
 *
 * @param address where digests are published
 * @param refusal counter of malformed messages
 * @param writer the binary form of one element
 */
record ReplicatedSet<T>(
        String address, PeerRefusal refusal, BiConsumer<T, BusWriter> writer, Function<BusReader, T> reader) {

    /** Limit of the elements of one node: those of 100,000 connections with ten rooms each. */
    static final int MAX_ELEMENTS = 1_000_000;

    /** Rooms that a connection follows. */
    static final ReplicatedSet<RoomId> ROOMS = new ReplicatedSet<>(
            BusAddress.ROOMS,
            PeerRefusal.ROOMS,
            (room, out) -> out.string(room.value()),
            in -> new RoomId(in.string()));

    /** Users in rooms. */
    static final ReplicatedSet<PresenceEntry> PRESENCE = new ReplicatedSet<>(
            BusAddress.PRESENCE,
            PeerRefusal.PRESENCE,
            (entry, out) -> {
                out.string(entry.room().value());
                out.string(entry.user().value());
            },
            in -> new PresenceEntry(new RoomId(in.string()), new UserId(in.string())));

    /** Address for the changes announced to one node. */
    String addressOfChanges(String node) {
        return address + ".changes." + node;
    }

    /** Address for requests of all elements of one node. */
    String addressOfAll(String node) {
        return address + "." + node;
    }
}
