package chat.parlance.room;

import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events for tests. */
public final class Fixtures {

    public static final UserId ALICE = new UserId("alice");
    public static final UserId BOB = new UserId("bob");

    private Fixtures() {}

    /** The stamp of the event {@code seq}, in a history that never went back. */
    public static Stamp stamp(long seq) {
        return new Stamp(seq);
    }

    public static Cursor cursor(long seq) {
        return new Cursor(seq, stamp(seq));
    }

    public static Event message(String room, long seq) {
        return message(room, cursor(seq - 1), stamp(seq));
    }

    /** The message that follows another event, with a stamp of its own. */
    public static Event message(String room, Cursor before, Stamp stamp) {
        long seq = before.seq() + 1;
        return new Event(
                new RoomId(room),
                seq,
                stamp,
                before.stamp(),
                Instant.ofEpochMilli(1_000_000 + seq),
                ALICE,
                new EventBody.Message(new ClientId("m" + seq), "text " + seq));
    }

    public static Event left(String room, long seq, UserId user) {
        return left(room, cursor(seq - 1), user);
    }

    /** The event that follows another one. */
    public static Event left(String room, Cursor before, UserId user) {
        long seq = before.seq() + 1;
        return new Event(
                new RoomId(room),
                seq,
                stamp(seq),
                before.stamp(),
                Instant.ofEpochMilli(1_000_000 + seq),
                user,
                new EventBody.MembershipChanged(user, MembershipChange.LEFT));
    }

    /**
     * A poll that reports only rooms.
     *
     * @param mark a number, which {@link #mark} reads again
     */
    public static ChangeSet changes(long mark, boolean complete, Map<RoomId, Cursor> heads) {
        return new ChangeSet(
                Long.toString(mark),
                complete,
                false,
                false,
                heads,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    /** Number in a cursor, 0 in the first one. */
    public static long mark(String text) {
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
