package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Await;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.NodeJs;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of the library, in Node.js, against a real node whose database is replaced by a backup of it: some clients
 * reconnect as soon as the node is back, others are away until the room has more events than they have seen. In the end
 * the copy of each client equals the database (I8), which a library that resumes by numbers alone, or keeps its copy,
 * does not reach.
 */
final class ClientHistoryIT {

    private static final int CLIENTS = 3;
    private static final int PATIENCE_MS = 120_000;
    private static final int BEFORE_BACKUP = 15;
    private static final int AFTER_BACKUP = 25;
    private static final int MORE_THAN_SEEN = 100;
    private static final int PATIENCE_WITH_A_VARIANT_MS = 10_000;
    private static final List<LibraryVariant> VARIANTS =
            List.of(LibraryVariant.RESUME_BY_NUMBER_ALONE, LibraryVariant.COPY_KEPT_OF_A_CHANGED_HISTORY);

    /** @param stays true when its clients reconnect at once, rather than when the head has passed their copies */
    private record Part(int seed, LibraryVariant variant, boolean stays, FaultyProxy proxy) {

        String room() {
            return "history-%s-%d-%s"
                    .formatted(
                            variant.name().toLowerCase(Locale.ROOT).replace('_', '-'), seed, stays ? "stay" : "away");
        }
    }

    private final int port = Ports.free();

    @TempDir
    private Path folder;

    @Test
    void shouldEqualTheDatabaseAfterARestoredBackup() throws Exception {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        NodeProcess node = start(data);
        List<Part> parts = parts();
        try {
            String address = node.address();
            Rest owner = Rest.logIn(address, "history-owner");
            List<JsonObject> sessions = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> ClientSchedules.session(address, "history-" + i))
                    .toList();
            parts.forEach(part -> makeRoom(owner, part, sessions));
            CompletableFuture<List<String>> ran = CompletableFuture.supplyAsync(() -> run(parts, sessions));
            awaitHeads(owner, parts, BEFORE_BACKUP);
            node.stop();
            Shell.run("cp -a " + data + " " + backup);
            node = start(data);
            awaitHeads(owner, parts, AFTER_BACKUP);
            long most =
                    parts.stream().mapToLong(part -> head(owner, part)).max().orElseThrow();
            node.stop();
            Shell.run("rm -rf " + data);
            Shell.run("cp -a " + backup + " " + data);
            parts.stream()
                    .filter(part -> !part.stays())
                    .forEach(part -> part.proxy().setRefusing(true));
            node = start(data);
            parts.stream().filter(part -> !part.stays()).forEach(part -> overtake(owner, part, most + MORE_THAN_SEEN));
            parts.forEach(part -> part.proxy().setRefusing(false));
            parts.forEach(part -> say(owner, part, "end", "the end"));
            judge(owner, parts, ran.get(PATIENCE_MS, TimeUnit.MILLISECONDS));
        } finally {
            node.close();
            parts.forEach(part -> part.proxy().close());
        }
    }

    private NodeProcess start(Path data) {
        return NodeProcess.startAt(
                        port,
                        Map.of("PARLANCE_AUTH_KEY", TestNode.KEY),
                        TestNode.dataFlag(data),
                        "--limits.enabled=false",
                        "--room.catchUpLimit=12",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1")
                .awaitReady();
    }

    private List<Part> parts() {
        int seed = new Random().nextInt(1_000_000_000);
        List<Part> parts = new ArrayList<>();
        for (boolean stays : List.of(true, false)) {
            parts.add(part(seed, LibraryVariant.NONE, stays));
            parts.add(part(seed + 1, LibraryVariant.NONE, stays));
            VARIANTS.forEach(variant -> parts.add(part(seed, variant, stays)));
        }
        return parts;
    }

    private Part part(int seed, LibraryVariant variant, boolean stays) {
        return new Part(seed, variant, stays, FaultyProxy.start(seed, 0, List.of(port)));
    }

    private static void makeRoom(Rest owner, Part part, List<JsonObject> sessions) {
        List<String> members =
                sessions.stream().map(session -> session.getString("userId")).toList();
        owner.post("/rooms", Map.of("roomId", part.room(), "memberIds", members));
    }

    private static List<String> run(List<Part> parts, List<JsonObject> sessions) {
        JsonArray schedules = new JsonArray();
        parts.forEach(part -> schedules.add(new JsonObject()
                .put("library", part.variant().url())
                .put("seed", part.seed())
                .put("origin", "http://" + part.proxy().address())
                .put("room", part.room())
                .put("sessions", new JsonArray(sessions))
                .put("untilEnd", true)
                .put(
                        "patienceMs",
                        part.variant() == LibraryVariant.NONE ? PATIENCE_MS / 2 : PATIENCE_WITH_A_VARIANT_MS)));
        NodeJs.Outcome outcome = NodeJs.run(
                "run-schedules.mjs",
                new JsonObject()
                        .put("atOnce", parts.size())
                        .put("schedules", schedules)
                        .encode());
        assertThat(outcome.exitCode()).as(String.join("\n", outcome.lines())).isZero();
        return outcome.lines();
    }

    private static void awaitHeads(Rest owner, List<Part> parts, long head) {
        for (Part part : parts) {
            Await.until(head + " events in " + part.room(), PATIENCE_MS, () -> head(owner, part) >= head);
        }
    }

    private static long head(Rest owner, Part part) {
        return new JsonObject(owner.get("/rooms/" + part.room()).body()).getLong("head");
    }

    /** Waits until the room has more events than any client has seen, with those sent while the node stopped. */
    private static void overtake(Rest owner, Part part, long until) {
        for (long seq = head(owner, part); seq < until; seq++) {
            say(owner, part, "more-" + seq, "more");
        }
    }

    private static void say(Rest owner, Part part, String id, String text) {
        owner.post("/rooms/%s/messages".formatted(part.room()), Map.of("id", part.room() + "-" + id, "text", text));
    }

    private static void judge(Rest owner, List<Part> parts, List<String> lines) {
        List<LibraryVariant> caught = new ArrayList<>();
        for (String line : lines) {
            JsonObject ran = new JsonObject(line);
            Part part = parts.stream()
                    .filter(each -> each.room().equals(ran.getString("room")))
                    .findFirst()
                    .orElseThrow();
            List<String> violations = violations(ran, stamps(owner, part));
            if (part.variant() == LibraryVariant.NONE) {
                assertThat(violations).as(part.toString()).isEmpty();
            } else if (!violations.isEmpty()) {
                caught.add(part.variant());
                System.out.printf("%s caught: %s%n", part.variant(), violations.getFirst());
            }
        }
        assertThat(caught).containsAll(VARIANTS);
    }

    private static List<String> violations(JsonObject ran, List<String> database) {
        List<String> violations = new ArrayList<>();
        if (!ran.getBoolean("complete")) {
            violations.add("not everything was acknowledged and seen");
        }
        int resets = 0;
        for (Object item : ran.getJsonArray("logs")) {
            JsonObject log = (JsonObject) item;
            List<String> copy = log.getJsonArray("seen").stream()
                    .map(event -> ((JsonObject) event).getString("stamp"))
                    .toList();
            if (!copy.equals(database)) {
                violations.add(
                        "I8: a copy of %d events is not the database's %d".formatted(copy.size(), database.size()));
            }
            log.getJsonArray("misplaced").forEach(event -> violations.add("I3: " + event));
            resets += log.getJsonArray("resets").size();
        }
        if (resets == 0) {
            violations.add("nobody was told that the history has changed");
        }
        return violations;
    }

    private static List<String> stamps(Rest owner, Part part) {
        List<String> stamps = new ArrayList<>();
        while (true) {
            JsonArray events = new JsonObject(
                            owner.get("/rooms/%s/events?limit=100&after=%d".formatted(part.room(), stamps.size()))
                                    .body())
                    .getJsonArray("events");
            if (events.isEmpty()) {
                return stamps;
            }
            events.forEach(event -> stamps.add(((JsonObject) event).getString("stamp")));
        }
    }
}
