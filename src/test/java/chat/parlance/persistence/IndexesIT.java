package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each index is used for its purpose, and no request scans a whole table, according to Postgres' own counters. */
final class IndexesIT {

    private static final int TIMES = 12;
    private static final int PATIENCE_SECONDS = 15;

    /** Fewer rows than each table has; a connection may still report a scan of the tables in their earlier state. */
    private static final long WALK = 2_000;

    private static final String ROOM = "/rooms/indexes";

    /** A long history with some of everything, among many rooms. */
    private static final String FILL = """
        insert into room (room_id, name, visibility, head)
        select 'idle-' || i, 'idle', 'public', 0 from generate_series(1, 3000) i;
        insert into account (user_id, name, password_hash)
        select 'other-' || i, 'other', '' from generate_series(0, 299) i;
        insert into member (room_id, user_id, role)
        select 'idle-' || i, 'other-' || i % 300, 'member' from generate_series(1, 3000) i;
        insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text, target, thread)
        select 'indexes', i, i, case i when 2 then r.head_stamp else i - 1 end, now(), 'index-user', 'message', 'indexes-' || i, 'text ' || i,
               case when i % 50 = 0 then i - 40 end, case when i % 50 = 0 then i - 40 end
        from generate_series(2, 30000) i, room r
        where r.room_id = 'indexes';
        update event set kind = 'edit', thread = null, target = seq - 3 where room_id = 'indexes' and seq % 10 = 5;
        insert into message_state (room_id, seq, edit_seq, pin_seq)
        select 'indexes', seq - 3, seq, case when seq % 1000 = 5 then seq end
        from event where room_id = 'indexes' and kind = 'edit';
        insert into reaction (room_id, target, emoji, user_id, seq)
        select 'indexes', seq, '👍', 'index-user', seq + 1 from message_state where room_id = 'indexes';
        insert into mention (user_id, room_id, seq, named)
        select u, 'indexes', seq, seq
        from message_state, generate_series(0, 30) as i,
             lateral (select case i when 0 then 'index-user' else 'other-' || i end as u) as named
        where room_id = 'indexes';
        update room set head = 30000, head_stamp = 30000 where room_id = 'indexes';
        analyze;
        select pg_stat_force_next_flush();
        """;

    @Test
    void shouldServeEveryRequestByAnIndex() throws SQLException {
        Rest user = Rest.logIn(TestNode.address(), "index-user");
        user.post("/rooms", Map.of("roomId", "indexes"));
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(FILL);
            Map<String, Long> before = scans(statement);
            for (int i = 0; i < TIMES; i++) {
                use(user, i);
            }
            for (String index : List.of(
                    "event_pkey",
                    "event_client_id",
                    "event_thread",
                    "event_edit",
                    "message_state_pkey",
                    "message_state_pinned",
                    "reaction_pkey",
                    "mention_pkey",
                    "mention_of_user",
                    "member_pkey",
                    "member_of_user",
                    "room_pkey")) {
                awaitMore(statement, index, before);
            }
            Map<String, Long> after = scans(statement);
            // The other tables have only a few pages here, for which a scan is as good.
            for (String table : List.of("event", "mention", "room")) {
                assertThat(after.get(table) - before.get(table))
                        .as("rows of %s read by walks", table)
                        .isLessThan(WALK);
            }
        }
    }

    /** Often enough for Postgres to use a generic plan. */
    private static void use(Rest user, int time) {
        long seq = 20_000 + time * 100L + 2;
        for (String path : List.of(
                ROOM,
                ROOM + "/events?before=15000",
                ROOM + "/messages?around=15000",
                ROOM + "/messages/110/replies",
                ROOM + "/pins",
                ROOM + "/members")) {
            assertThat(user.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(user.get("/rooms?membership=own&archived=any").statusCode()).isEqualTo(200);
        assertThat(user.send("PUT", ROOM + "/messages/" + seq + "/reactions/%F0%9F%8E%89", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(user.send("PUT", ROOM + "/read", "{\"seq\":%d}".formatted(15_000 + time))
                        .statusCode())
                .isEqualTo(200);
        assertThat(user.send("DELETE", ROOM + "/messages/" + seq, null).statusCode())
                .isEqualTo(200);
    }

    private static void awaitMore(Statement statement, String index, Map<String, Long> before) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (scans(statement).get(index) <= before.get(index)) {
            assertThat(System.nanoTime()).as(index + " was not used").isLessThan(end);
        }
    }

    /** Scans of each index, and rows read by scans of each table. */
    private static Map<String, Long> scans(Statement statement) throws SQLException {
        Map<String, Long> scans = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("""
            select indexrelname, idx_scan from pg_stat_user_indexes
            union all
            select relname, seq_tup_read from pg_stat_user_tables
            """)) {
            while (rows.next()) {
                scans.put(rows.getString(1), rows.getLong(2));
            }
        }
        return scans;
    }
}
