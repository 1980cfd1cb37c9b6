package chat.parlance.client;

import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Runs clients of the library through seeded schedules, and checks their logs against the contract. */
final class ClientSchedules {

    private static final int CLIENTS = 3;
    private static final int MAX_TABS = 2;
    private static final int MESSAGES = 8;
    private static final int FAULTY_CONNECTIONS = 20;
    private static final int MAX_HISTORY = 50;
    private static final String OWNER = "schedule-owner";

    /** @param lossy true when frames are lost and duplicated, too, which no honest server does */
    record Schedule(int seed, LibraryVariant variant, boolean lossy, int patienceMs) {

        String room() {
            return "schedule-%s-%d"
                    .formatted(variant.name().toLowerCase(Locale.ROOT).replace('_', '-'), seed);
        }
    }

    /** @param violations of the contract; an incomplete run is one */
    record Result(Schedule schedule, int acked, int tookMs, List<String> violations) {}

    private final Rest owner = Rest.logIn(TestNode.address(), OWNER);
    private final List<JsonObject> sessions = IntStream.range(0, CLIENTS)
            .mapToObj(i -> session(TestNode.address(), "schedule-" + i))
            .toList();

    /** Runs schedules against the servers on these ports, each through a separate proxy. */
    List<Result> run(List<Schedule> schedules, List<Integer> ports, int atOnce) {
        Map<String, Schedule> byRoom = new LinkedHashMap<>();
        Map<String, ContractChecker.Log> histories = new HashMap<>();
        JsonArray all = new JsonArray();
        List<FaultyProxy> proxies = new ArrayList<>();
        try {
            for (Schedule schedule : schedules) {
                FaultyProxy proxy = FaultyProxy.start(schedule.seed(), FAULTY_CONNECTIONS, ports);
                proxies.add(proxy);
                byRoom.put(schedule.room(), schedule);
                histories.put(schedule.room(), prepare(schedule));
                all.add(json(schedule, proxy, histories.get(schedule.room())));
            }
            NodeJs.Outcome outcome = NodeJs.run(
                    "run-schedules.mjs",
                    new JsonObject().put("atOnce", atOnce).put("schedules", all).encode());
            if (outcome.exitCode() != 0 || outcome.lines().size() != schedules.size()) {
                throw new AssertionError(String.join("\n", outcome.lines()));
            }
            return outcome.lines().stream()
                    .map(JsonObject::new)
                    .map(ran -> judge(byRoom.get(ran.getString("room")), histories.get(ran.getString("room")), ran))
                    .toList();
        } finally {
            proxies.forEach(FaultyProxy::close);
        }
    }

    /**
     * Runs one schedule through a proxy.
     *
     * @param runner runs it, given as JSON, and returns the clients' logs
     */
    Result run(Schedule schedule, FaultyProxy proxy, UnaryOperator<JsonObject> runner) {
        ContractChecker.Log history = prepare(schedule);
        return judge(schedule, history, runner.apply(json(schedule, proxy, history)));
    }

    /** Logs in, and returns the session in the library's form. */
    static JsonObject session(String address, String user) {
        Rest nobody = new Rest(address, null);
        Map<String, Object> credentials = Map.of("userId", user, "password", Rest.PASSWORD, "name", user);
        nobody.post("/users", credentials);
        JsonObject tokens = new JsonObject(nobody.post("/sessions", credentials).body());
        return tokens.put("expiresAt", System.currentTimeMillis() + tokens.getLong("expiresInMs"));
    }

    /** Creates the room, with members and some history to catch up with. */
    private ContractChecker.Log prepare(Schedule schedule) {
        List<String> members =
                sessions.stream().map(session -> session.getString("userId")).toList();
        owner.post("/rooms", Map.of("roomId", schedule.room(), "memberIds", members));
        int history = new Random(schedule.seed()).nextInt(MAX_HISTORY);
        List<ContractChecker.Send> sends = new ArrayList<>();
        try (Socket socket = Socket.authenticated(TestNode.address(), owner.token())) {
            for (int i = 0; i < history; i++) {
                socket.post(schedule.room(), "%s-%d".formatted(schedule.room(), i), "history " + i);
            }
            for (int i = 0; i < history; i++) {
                JsonObject ack = socket.await("ack");
                sends.add(new ContractChecker.Send(ack.getString("id"), ack.getLong("seq"), 0, 0));
            }
        }
        return new ContractChecker.Log(OWNER, sends, List.of());
    }

    private JsonObject json(Schedule schedule, FaultyProxy proxy, ContractChecker.Log history) {
        return new JsonObject()
                .put("library", schedule.variant().url())
                .put("seed", schedule.seed())
                .put("origin", "http://" + proxy.address())
                .put("room", schedule.room())
                .put("sessions", new JsonArray(sessions))
                .put("tabs", 1 + schedule.seed() % MAX_TABS)
                .put("messages", MESSAGES)
                .put("head", 1 + CLIENTS + history.sends().size())
                .put("lossy", schedule.lossy())
                .put("patienceMs", schedule.patienceMs());
    }

    /** Present events of the room. */
    List<ContractChecker.Seen> history(String room) {
        List<ContractChecker.Seen> history = new ArrayList<>();
        while (true) {
            JsonArray events = new JsonObject(
                            owner.get("/rooms/%s/events?limit=100&after=%d".formatted(room, history.size()))
                                    .body())
                    .getJsonArray("events");
            if (events.isEmpty()) {
                return history;
            }
            history.addAll(seen(events));
        }
    }

    private Result judge(Schedule schedule, ContractChecker.Log first, JsonObject ran) {
        List<ContractChecker.Seen> history = history(schedule.room());
        List<ContractChecker.Log> logs = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        // The author of the history has not been connected since, and counts as having seen it all.
        logs.add(new ContractChecker.Log(OWNER, first.sends(), history));
        int acked = 0;
        for (Object item : ran.getJsonArray("logs")) {
            JsonObject log = (JsonObject) item;
            List<ContractChecker.Send> sends = sends(log.getJsonArray("sends"));
            acked +=
                    (int) sends.stream().filter(send -> send.ackedSeq() != null).count();
            logs.add(new ContractChecker.Log("client " + logs.size(), sends, seen(log.getJsonArray("seen"))));
            log.getJsonArray("resets").forEach(reset -> violations.add("handed over: " + reset));
        }
        ContractChecker.check(logs, history).forEach(violation -> violations.add(violation.toString()));
        if (!ran.getBoolean("complete")) {
            violations.add("not everything was acknowledged and seen: %d acknowledged".formatted(acked));
        }
        return new Result(schedule, acked, ran.getInteger("tookMs"), violations);
    }

    private static List<ContractChecker.Send> sends(JsonArray sends) {
        return sends.stream()
                .map(JsonObject.class::cast)
                .map(send -> new ContractChecker.Send(
                        send.getString("id"),
                        send.getLong("ackedSeq"),
                        send.getLong("sentAt"),
                        send.getLong("ackedAt")))
                .toList();
    }

    private static List<ContractChecker.Seen> seen(JsonArray events) {
        return events.stream()
                .map(JsonObject.class::cast)
                .map(event -> new ContractChecker.Seen(event.getLong("seq"), event.getString("id", "")))
                .toList();
    }
}
