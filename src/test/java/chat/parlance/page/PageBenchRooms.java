package chat.parlance.page;

import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Rooms of {@link PageBench}: alice is a member of all, and bob posts to them at a steady pace. */
final class PageBenchRooms {

    static final int ROOMS = 60;
    static final int POSTS_A_SECOND = 20;

    private static final int MESSAGES = 200;
    private static final long PACE_NS = 1_000_000_000L / POSTS_A_SECOND;

    /** Texts of a chat: most are short, some have markup. */
    private static final List<String> TEXTS = List.of(
            "I have read the first three stories now.",
            "Yes please. Three winters in a row are **enough**.",
            "The one with the lighthouse is my favourite so far. Nothing happens, and one cannot stop reading.",
            "> The lamp was out, and for once nobody was to blame.\n\nWhat a beginning!",
            "Neat. `41 %` will do until tomorrow, see https://example.org/watering");

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String address;
    private final Rest bob;
    private int posted;

    private PageBenchRooms(String address) {
        this.address = address;
        bob = Rest.logIn(address, "bench-" + run + "-bob");
    }

    static PageBenchRooms create(String address) {
        PageBenchRooms rooms = new PageBenchRooms(address);
        Rest alice = Rest.logIn(address, rooms.alice());
        for (int i = 0; i < ROOMS; i++) {
            rooms.bob.post("/rooms", Map.of("roomId", rooms.id(i)));
            alice.send("PUT", "/rooms/%s/members/%s".formatted(rooms.id(i), rooms.alice()), null);
        }
        IntStream.range(0, MESSAGES).forEach(i -> rooms.post(0));
        return rooms;
    }

    String address() {
        return address;
    }

    String alice() {
        return "bench-" + run + "-alice";
    }

    /** The first is the one that alice looks at. */
    String id(int index) {
        return "bench-" + run + "-" + index;
    }

    List<String> ids() {
        return IntStream.range(0, ROOMS).mapToObj(this::id).toList();
    }

    void readOpenRoom(Rest alice) {
        long head = new JsonObject(alice.get("/rooms/" + id(0)).body()).getLong("head");
        alice.send(
                "PUT",
                "/rooms/%s/read".formatted(id(0)),
                new JsonObject().put("seq", head).encode());
    }

    /** Posts to these rooms in turn, so many a second. Blocks. @return the last text */
    String post(int count, int... rooms) {
        String text = "";
        long nextNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            text = post(rooms[i % rooms.length]);
            nextNs += PACE_NS;
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
        return text;
    }

    private String post(int room) {
        String text = TEXTS.get(posted % TEXTS.size()) + " " + posted;
        bob.post("/rooms/%s/messages".formatted(id(room)), Map.of("id", run + "-" + posted++, "text", text));
        return text;
    }
}
