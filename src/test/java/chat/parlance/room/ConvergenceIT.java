package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomModel;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories with every kind of event. A client that was connected all the time, one that was away and resumed,
 * and one that came late and loaded pages of history have the same room in the end.
 *
 * <pre>
 *   mvn verify -Dtest=ArchitectureTest -Dit.test=ConvergenceIT -Dconvergence.seed=42     repeats one history
 * </pre>
 */
final class ConvergenceIT {

    private static final int HISTORIES = 5;
    private static final int CHANGES = 120;
    private static final List<String> USERS = List.of("conv-0", "conv-1", "conv-2", "conv-3");
    private static final List<String> EMOJI = List.of("%F0%9F%91%8D", "%F0%9F%8E%89", "%E2%9D%A4%EF%B8%8F");

    private Random random;
    private String room;
    private List<Rest> users;
    private int done;

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReachTheSameRoomStateOnEveryPath(long seed) {
        random = new Random(seed);
        room = "conv-" + Long.toHexString(seed);
        users = USERS.stream().map(user -> Rest.logIn(TestNode.address(), user)).toList();
        users.getFirst().post("/rooms", Map.of("roomId", room, "memberIds", USERS.subList(1, USERS.size())));

        RoomModel away = new RoomModel();
        long left = follow(away, 0);
        change(CHANGES / 2);
        RoomModel late = new RoomModel();
        long loaded = load(late);
        change(CHANGES / 2);

        long head = follow(away, left);
        // A page includes changes that arrive again in the stream.
        assertThat(follow(late, random.nextLong(loaded + 1))).isEqualTo(head);
        RoomModel present = new RoomModel();
        follow(present, 0);
        RoomModel history = new RoomModel();
        assertThat(load(history)).isEqualTo(head);
        assertThat(away).as("-Dconvergence.seed=" + seed).isEqualTo(present);
        assertThat(late).as("-Dconvergence.seed=" + seed).isEqualTo(present);
        assertThat(history).as("-Dconvergence.seed=" + seed).isEqualTo(present);
    }

    static LongStream seeds() {
        Long given = Long.getLong("convergence.seed");
        long first = given == null ? new Random().nextLong(1L << 40) : given;
        return LongStream.range(first, first + (given == null ? HISTORIES : 1));
    }

    /** Resumes after {@code since} and applies events up to the head. */
    private long follow(RoomModel model, long since) {
        try (Socket socket =
                Socket.authenticated(TestNode.address(), users.getFirst().token())) {
            long head = socket.join(room, since).getLong("head");
            socket.awaitEvents((int) (head - since)).forEach(model::apply);
            return head;
        }
    }

    /** Loads all of history, page by page from its end. */
    private long load(RoomModel model) {
        List<JsonObject> events = new ArrayList<>();
        long before = Long.MAX_VALUE / 16;
        long head = 0;
        while (before > 1) {
            JsonObject page = new JsonObject(users.getFirst()
                    .get("/rooms/" + room + "/events?limit=17&before=" + before)
                    .body());
            head = Math.max(head, page.getLong("head"));
            List<JsonObject> older = page.getJsonArray("events").stream()
                    .map(JsonObject.class::cast)
                    .toList();
            events.addAll(0, older);
            before = older.getFirst().getLong("seq");
        }
        events.forEach(model::apply);
        return head;
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            done++;
            int who = random.nextInt(users.size());
            int status = change(users.get(who), USERS.get(random.nextInt(USERS.size())));
            assertThat(status).as("change " + done).isLessThan(500);
        }
    }

    /** Any change, allowed or not. */
    private int change(Rest user, String other) {
        String path = "/rooms/" + room;
        long target = random.nextLong(1, USERS.size() + done + 1L);
        String message = path + "/messages/" + target;
        String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
        JsonObject body = new JsonObject().put("id", room + "-" + done).put("text", "text " + done + " @" + other);
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> send(user, "POST", path + "/messages", body);
            case 4, 5 ->
                send(
                        user,
                        "POST",
                        path + "/messages",
                        body.put("replyTo", target).put("alsoToRoom", random.nextBoolean()));
            case 6, 7 -> send(user, "PATCH", message, body);
            case 8 -> send(user, "DELETE", message, null);
            case 9, 10 -> send(user, "PUT", message + "/reactions/" + emoji, null);
            case 11 -> send(user, "DELETE", message + "/reactions/" + emoji, null);
            case 12 -> send(user, random.nextBoolean() ? "PUT" : "DELETE", path + "/pins/" + target, null);
            case 13 -> send(user, "PATCH", path, new JsonObject().put("topic", "topic " + done));
            case 14 ->
                send(
                        users.getFirst(),
                        "PATCH",
                        path + "/members/" + other,
                        random.nextBoolean()
                                ? new JsonObject().put("muted", random.nextBoolean())
                                : new JsonObject().put("role", random.nextBoolean() ? "admin" : "member"));
            default -> {
                boolean comes = random.nextBoolean();
                int index = 1 + random.nextInt(users.size() - 1);
                yield send(users.get(index), comes ? "PUT" : "DELETE", path + "/members/" + USERS.get(index), null);
            }
        };
    }

    private static int send(Rest user, String method, String path, JsonObject body) {
        return user.send(method, path, body == null ? null : body.encode()).statusCode();
    }
}
