package chat.parlance.faults;

import chat.parlance.testing.Rest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another transaction holds the row of one room among very many. Sends to that room are refused in bounded time; the
 * clients of the other rooms must not notice.
 */
record RoomLocked(int rooms, int seconds) implements Fault {

    private static final String LOCK = """
        select from room where room_id = ? for update
        """;

    /** postgres.lockTimeoutMs of the nodes, and the further time of an answer. */
    private static final int REFUSED_WITHIN_MS = 3000 + 500;

    private static final int UNAVAILABLE = 503;
    private static final int CURRENT_WITHIN_MS = 2000;
    private static final int LOOK_MS = 5;

    @Override
    public void prepare(FaultScene scene) throws SQLException {
        try (Connection connection = scene.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                insert into room (room_id, name, visibility)
                select 'beside-' || i, 'beside', 'public' from generate_series(1, %d) i
                on conflict do nothing
                """.formatted(rooms));
            statement.execute("analyze room");
        }
    }

    @Override
    public void strike(FaultScene scene) throws Exception {
        String room = scene.clients().getFirst().room();
        Neighbours others = Neighbours.of(scene, scene.node(), seconds);
        try (Connection connection = scene.postgres().connect();
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            connection.setAutoCommit(false);
            lock.setString(1, room);
            lock.execute();
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; System.nanoTime() - endNs < 0; i++) {
                requireRefused(scene, room, i);
            }
            connection.rollback();
        }
        scene.healed();
        others.compare(client -> !scene.clients().get(client).room().equals(room));
        requireGoesOn(scene, room);
    }

    /** Requires refusals. Refused sends are not retried, so that the judge finds one that was stored nevertheless. */
    private static void requireRefused(FaultScene scene, String room, int count) {
        String address = scene.cluster().addresses().get(count % scene.cluster().size());
        Rest user = new Rest(address, scene.users().getFirst().token());
        long begin = System.nanoTime();
        HttpResponse<String> answer =
                user.post("/rooms/" + room + "/messages", Map.of("id", room + "-refused-" + count, "text", "hi"));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        scene.measure("the locked room refused, ms", tookMs);
        scene.require(
                answer.statusCode() == UNAVAILABLE, "the locked room is refused, not answered " + answer.statusCode());
        scene.requireWithin(tookMs, REFUSED_WITHIN_MS, "the locked room is refused");
    }

    /** Waits until a send to the room is acknowledged. */
    private static void requireGoesOn(FaultScene scene, String room) throws InterruptedException {
        long endNs = scene.healedNs() + TimeUnit.SECONDS.toNanos(60);
        while (!isAcknowledged(scene, room) && System.nanoTime() - endNs < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - scene.healedNs());
        scene.measure("it goes on, ms", tookMs);
        scene.requireWithin(tookMs, CURRENT_WITHIN_MS, "the room goes on");
    }

    private static boolean isAcknowledged(FaultScene scene, String room) {
        return scene.clients().stream()
                .filter(client -> client.room().equals(room))
                .flatMap(client -> client.sends().stream())
                .anyMatch(send -> send.answeredAt() - scene.healedNs() > 0);
    }
}
