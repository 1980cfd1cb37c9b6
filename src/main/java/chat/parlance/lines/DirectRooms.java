package chat.parlance.lines;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.Grant;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.Since;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomFilter;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Direct rooms of a person in line mode. They are followed in whichever room the person is, and their messages are
 * shown after the other user's name.
 */
final class DirectRooms {

    /** Limit of followed direct rooms. Further ones show their messages when the person enters them. */
    private static final int MAX_FOLLOWED = 50;

    private static final RoomFilter JOINED = new RoomFilter("", Set.of(MembershipState.JOINED), false);

    private final LineSession session;
    private final Map<RoomId, String> names = new HashMap<>();

    DirectRooms(LineSession session) {
        this.session = session;
    }

    /** Follows the existing direct rooms, from now on. */
    Future<?> followAll() {
        return session.rooms()
                .list(session.user(), JOINED, RoomId.DIRECT_PREFIX, MAX_FOLLOWED)
                .compose(rooms -> Future.all(rooms.stream()
                        .takeWhile(room -> room.id().isDirect())
                        .filter(room -> mayFollow(room.id()))
                        .map(room -> follow(room, room.head().seq()))
                        .toList()));
    }

    /** Follows a direct room from the event after {@code since}, unless it is followed already. */
    Future<?> follow(Room room, long since) {
        know(room);
        return session.inTurn(() -> session.connection().requests().follows(room.id())
                ? Future.succeededFuture()
                : session.connection().requests().join(room.id(), new Since(since, null), head -> {}));
    }

    private boolean mayFollow(RoomId room) {
        Grant grant = session.connection().requirePrincipal().grant();
        return grant.has(Scope.READ) && grant.includes(room);
    }

    /** Records the other user of a direct room. */
    void know(Room room) {
        names.put(
                room.id(), "@" + (room.peer() == null ? room.id() : room.peer().id()));
    }

    /** Shows the events of a direct room while the person is elsewhere, except those of its creation. */
    void show(EventBatch batch) {
        List<Event> said = batch.events().stream()
                .filter(event -> !(event.body() instanceof EventBody.MembershipChanged))
                .toList();
        if (!said.isEmpty()) {
            String name = names.getOrDefault(batch.room(), "#" + batch.room());
            session.print(LineCodec.encodeEvents(said, name));
        }
    }
}
