package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What nodes tell each other that they have.
 *
 * @param address where digests are published
 * @param refusal what broken messages are counted as
 * @param writer the binary form of one element
 */
record Subject<T>(String address, PeerRefusal refusal, BiConsumer<T, BusWriter> writer, Function<BusReader, T> reader) {

    /** Elements of one node: what 100,000 connections with ten rooms each have. */
    static final int MAX_ELEMENTS = 1_000_000;

    /** Rooms that somebody follows. */
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

    /** Where one node is told of changes. */
    String addressOfChanges(String node) {
        return address + ".changes." + node;
    }

    /** Address at which one node is asked for all that it has. */
    String addressOfAll(String node) {
        return address + "." + node;
    }
}
