package chat.parlance.cluster;

import chat.parlance.bus.BusAddress;
import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Kind of elements that nodes announce to each other.
 *
 * @param address where digests are published
 * @param refusal counter of malformed messages
 * @param writer the binary form of one element
 */
record Subject<T>(String address, PeerRefusal refusal, BiConsumer<T, BusWriter> writer, Function<BusReader, T> reader) {

    /** Limit of the elements of one node: those of 100,000 connections with ten rooms each. */
    static final int MAX_ELEMENTS = 1_000_000;

    /** Rooms that a connection follows. */
    static final Subject<RoomId> ROOMS = new Subject<>(
            BusAddress.ROOMS,
            PeerRefusal.ROOMS,
            (room, out) -> out.string(room.value()),
            in -> new RoomId(in.string()));

    /** Users in rooms. */
    static final Subject<Seat> SEATS = new Subject<>(
            BusAddress.SEATS,
            PeerRefusal.PRESENCE,
            (seat, out) -> {
                out.string(seat.room().value());
                out.string(seat.user().value());
            },
            in -> new Seat(new RoomId(in.string()), new UserId(in.string())));

    /** Address for the changes announced to one node. */
    String addressOfChanges(String node) {
        return address + ".changes." + node;
    }

    /** Address for requests of all elements of one node. */
    String addressOfAll(String node) {
        return address + "." + node;
    }
}
