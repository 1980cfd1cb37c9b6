package chat.parlance.testing;

import java.sql.SQLException;

/**
 * A room of {@link TestNode}'s Postgres after a backup was restored: it ends at an earlier event and continues from
 * there.
 */
public final class RestoredRoom {

    private static final String RESTORE = """
        with wanted as (select ?::text as room_id, ?::bigint as seq),
        events as (delete from event e using wanted w where e.room_id = w.room_id and e.seq > w.seq),
        states as (delete from message_state s using wanted w where s.room_id = w.room_id and s.seq > w.seq),
        reactions as (delete from reaction x using wanted w where x.room_id = w.room_id and x.seq > w.seq),
        mentions as (delete from mention n using wanted w where n.room_id = w.room_id and n.named > w.seq),
        kept as (delete from saved s using wanted w where s.room_id = w.room_id and s.seq > w.seq),
        threads as (
            delete from thread_follow f using wanted w where f.room_id = w.room_id and f.thread > w.seq
        ),
        followed as (
            update thread_follow f set read_seq = least(f.read_seq, w.seq)
            from wanted w
            where f.room_id = w.room_id and f.thread <= w.seq
        ),
        markers as (
            update member m set read_seq = least(m.read_seq, w.seq) from wanted w where m.room_id = w.room_id
        ),
        progress as (
            update search_progress p set indexed = least(p.indexed, w.seq) from wanted w where p.room_id = w.room_id
        )
        update room r
        set head = w.seq, head_stamp = e.stamp
        from wanted w
        join event e on e.room_id = w.room_id and e.seq = w.seq
        where r.room_id = w.room_id
        """;

    private static final String REPLACE = """
        update event set stamp = 1 + stamp % (1::bigint << 47), text = 'another text' where room_id = ? and seq = ?
        """;

    private RestoredRoom() {}

    /** @param seq of the last event that the backup has; later ones did not change earlier ones */
    public static void backTo(String room, long seq) throws SQLException {
        execute(RESTORE, room, seq);
    }

    /** Replaces a message that is not the room's last by another one, so that no node notices. */
    public static void replace(String room, long seq) throws SQLException {
        execute(REPLACE, room, seq);
    }

    private static void execute(String change, String room, long seq) throws SQLException {
        if (Database.update(change, room, seq) != 1) {
            throw new AssertionError("no event " + seq + " of " + room);
        }
    }
}
