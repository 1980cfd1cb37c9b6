package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** {@code append_events} with concurrent writers. */
final class AppendIT {

    private static final int WRITERS = 8;
    private static final int BATCHES = 40;
    private static final int ROOMS = 6;
    private static final int RACES = 100;
    private static final int PATIENCE_MS = 30_000;
    private static final List<String> WAITING = List.of("stored", "duplicate");
    private static final List<String> PASSING_OVER = List.of("stored", "duplicate", "locked");

    private static final String APPEND = """
        select a.outcome
        from (
            select array_agg('append-' || i %% %d) as rooms, array_agg('append'::text) as senders,
                   array_agg('message'::text) as kinds, array_agg('append-' || i) as ids,
                   array_agg(null::bigint) as targets, array_agg(null::bigint) as stamps,
                   array_agg('text ' || i) as texts,
                   array_agg(null::boolean) as to_rooms, array_agg(null::boolean) as removals, array_agg(null::text) as bodies, array_agg(null::text) as mentions,
                   array_agg(1) as ranks, array_agg(false) as quiet
            from unnest(?::int[]) as i
        ) b,
        append_events(
            rooms, senders, kinds, ids, targets, stamps, texts, to_rooms, removals, bodies, mentions, ranks, ranks, quiet, ?) a
        """.formatted(ROOMS);

    @Test
    void shouldLeaveNoHoleNoDoubleAndNoDeadlockUnderHostileWriters() throws Exception {
        Rest user = Rest.logIn(TestNode.address(), "append");
        for (int room = 0; room < ROOMS; room++) {
            user.post("/rooms", Map.of("roomId", "append-" + room));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                long seed = writer;
                int waitMs = writer % 2 == 0 ? 0 : PATIENCE_MS;
                writers.add(() -> write(new Random(seed), waitMs));
            }
            for (Future<Integer> written : threads.invokeAll(writers)) {
                assertThat(written.get()).isEqualTo(BATCHES);
            }
        }
        try (Connection connection = connect();
                ResultSet broken = connection.createStatement().executeQuery("""
                    select r.room_id
                    from room r
                    left join (
                        select x.*, lag(x.stamp, 1, 0::bigint) over (partition by x.room_id order by x.seq) as before
                        from event x
                    ) e on e.room_id = r.room_id
                    where r.room_id like 'append-%'
                    group by r.room_id, r.head, r.head_stamp
                    having count(e.seq) <> r.head or min(e.seq) <> 1 or max(e.seq) <> r.head
                        or not bool_and(e.previous = e.before) or count(distinct e.stamp) <> r.head
                        or r.head_stamp <> max(e.stamp) filter (where e.seq = r.head)
                    """)) {
            assertThat(broken.next()).isFalse();
        }
    }

    @Test
    void shouldStoreAnIdOnceThatComesThroughTwoNodesAtOnce() throws Exception {
        Rest here = Rest.logIn(TestNode.address(), "append");
        Node other = TestNode.startBeside();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Rest there = new Rest("127.0.0.1:" + other.httpPort(), here.token());
            here.post("/rooms", Map.of("roomId", "append-race"));
            for (int i = 0; i < RACES; i++) {
                Map<String, Object> message = Map.of("id", "race-" + i, "text", "hi");
                Future<HttpResponse<String>> first =
                        threads.submit(() -> here.post("/rooms/append-race/messages", message));
                Future<HttpResponse<String>> second =
                        threads.submit(() -> there.post("/rooms/append-race/messages", message));
                assertThat(List.of(first.get().statusCode(), second.get().statusCode()))
                        .containsExactlyInAnyOrder(201, 200);
            }
        } finally {
            other.stop();
        }
    }

    /**
     * Batches over random rooms in random order, with ids that the other writers use too, always for the same room.
     *
     * @param waitMs 0 to skip the rooms that the others have locked
     */
    private static int write(Random random, int waitMs) throws SQLException {
        int written = 0;
        try (Connection connection = connect();
                PreparedStatement append = connection.prepareStatement(APPEND)) {
            while (written < BATCHES) {
                List<Integer> ids = random.ints(20, 0, 2000).distinct().boxed().toList();
                append.setArray(1, connection.createArrayOf("int4", ids.toArray()));
                append.setInt(2, waitMs);
                try (ResultSet outcomes = append.executeQuery()) {
                    while (outcomes.next()) {
                        assertThat(outcomes.getString(1)).isIn(waitMs == 0 ? PASSING_OVER : WAITING);
                    }
                }
                written++;
            }
        }
        return written;
    }

    private static Connection connect() throws SQLException {
        return Database.connect();
    }
}
