package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Three neighbours with a garden, for the pictures of the page. Created once; views do not change it. */
final class Scene {

    private static final List<String> STORIES = List.of(
            "I have read the first three stories now.",
            "The one with the lighthouse is my favourite so far. Nothing happens, and one cannot stop reading.",
            "> The lamp was out, and for once nobody was to blame.\n\nWhat a beginning!",
            "And then it ends just there, in the middle of the storm.",
            "I liked the translator's notes at the end as much as the stories.",
            "Which edition do you have? Mine has no notes at all.",
            "The green one, from the library. It has to go back on *Friday*.",
            "Then I take it after you, if nobody else waits for it.",
            "It is yours. I leave it at the desk under your name.",
            "Next month, something funny?",
            "Yes please. Three winters in a row are enough.",
            "I bring a list to the meeting: four that are short, and one that is not.",
            "One that is not? Now I am curious.",
            "Wait and see :)",
            "Who has the second volume?");

    /** User agents of programs (RFC 9110, 10.1.5). */
    private static final String LAPTOP = "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0 Safari/537.36";

    private static final String TELEPHONE = "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0";

    private static final Duration INDEXED_WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String address;
    private int said;

    /** Seq of the first message in the reading circle. */
    private long firstStory;

    private long newestInGarden;

    private Scene(String address) {
        this.address = address;
    }

    /** Creates the users, rooms and messages. */
    static Scene set(String address) {
        Scene scene = new Scene(address);
        Rest alice = scene.person("alice", "Alice");
        Rest bob = scene.person("bob", "Bob");
        Rest guest = scene.person("guest", "Guest");
        scene.person("guest.two", "Guest of Bob");
        scene.garden(alice, bob, guest);
        scene.room(alice, "kitchen", "Kitchen", "What is for dinner", "public");
        scene.say(guest, "kitchen", "@alice soup tonight?", null);
        scene.room(bob, "reading", "Reading circle", "This month: short stories by the sea", "public");
        for (int i = 0; i < STORIES.size(); i++) {
            long story = scene.say(i % 3 == 0 ? guest : bob, "reading", STORIES.get(i), null);
            scene.firstStory = i == 0 ? story : scene.firstStory;
        }
        scene.room(alice, "spring-fair", "Spring fair", "Stands, lists and cake", "public");
        scene.say(bob, "spring-fair", "The tables are back in the hall. Well done, everybody!", null);
        alice.send("PATCH", "/rooms/spring-fair", "{\"archived\":true}");
        scene.room(guest, "village", "Village green", "Open to everybody", "public", List.of("guest"));
        scene.say(guest, "village", "The bench is mended.", null);
        scene.room(bob, "surprise", "A surprise", "Hush", "private", List.of("bob"));
        bob.send("PUT", "/rooms/surprise/invitations/alice", null);
        String direct = new JsonObject(bob.send("PUT", "/direct/alice", null).body()).getString("roomId");
        scene.say(bob, direct, "The seeds have come!", null);
        awaitIndexed(alice, "tomatoes");
        return scene;
    }

    /** Waits for the index, which is behind on a busy server. */
    private static void awaitIndexed(Rest person, String word) {
        long beganNs = System.nanoTime();
        while (new JsonObject(person.get("/search?q=" + word).body())
                .getJsonArray("hits")
                .isEmpty()) {
            assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isLessThan(INDEXED_WITHIN);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void garden(Rest alice, Rest bob, Rest guest) {
        room(alice, "garden", "The garden", "Tomatoes, tools and whose turn it is", "public");
        long morning = say(bob, "garden", "Good morning! The first **tomatoes** are ripe 🍅", null);
        long plan = say(
                alice,
                "garden",
                "Lovely. I made a plan for the week:\n\n- Monday: weeding\n- Thursday: compost\n- Sunday: watering",
                null);
        long question = say(guest, "garden", "Who waters on Sunday?", null);
        say(bob, "garden", "I can.", question);
        say(guest, "garden", "Thank you, @bob!", question);
        long sensor =
                say(alice, "garden", "The sensor now says how dry it is:\n\n```\n$ moisture --bed 3\n41 %\n```", null);
        say(bob, "garden", "Neat. `41 %` will do until tomorrow, see https://example.org/watering", null);
        say(guest, "garden", "@alice can you bring the long hose?", null);
        long car = say(alice, "garden", "Of course, it is in the car.", null);
        react(bob, sensor, "🚀");
        react(guest, sensor, "🚀");
        react(alice, morning, "🍅");
        react(guest, morning, "🍅");
        alice.send("PUT", "/rooms/garden/pins/" + plan, null);
        save(alice, plan);
        save(alice, question);
        alice.send("PUT", "/rooms/garden/threads/%d/follow".formatted(question), null);
        newestInGarden = car;
    }

    /** Alice at her laptop, also logged in on her phone. */
    Visitor alice(Browser browser, String node, NewContextOptions options) {
        Rest.logIn(node, "alice").send("DELETE", "/sessions", null);
        logIn(node, "alice", TELEPHONE);
        Rest alice = logIn(node, "alice", LAPTOP);
        alice.send(
                "PUT",
                "/rooms/garden/read",
                new JsonObject().put("seq", newestInGarden).encode());
        // An earlier look may have read them.
        alice.send(
                "PUT",
                "/rooms/reading/unread",
                new JsonObject().put("seq", firstStory).encode());
        return Visitor.loggedIn(browser, node, "alice", alice, options);
    }

    private static Rest logIn(String node, String user, String agent) {
        String body = new JsonObject()
                .put("userId", user)
                .put("password", Rest.PASSWORD)
                .encode();
        String session = new Rest(node, null)
                .send("POST", "/sessions", body, Map.of("User-Agent", agent))
                .body();
        return new Rest(node, new JsonObject(session).getString("accessToken"));
    }

    /** A user who is in no room yet. */
    Visitor newcomer(Browser browser, String node, String user, NewContextOptions options) {
        return Visitor.loggedIn(browser, node, user, person(user, "Newcomer"), options);
    }

    private Rest person(String user, String name) {
        new Rest(address, null).post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", name));
        return Rest.logIn(address, user);
    }

    private void room(Rest owner, String room, String name, String topic, String visibility) {
        room(owner, room, name, topic, visibility, List.of("alice", "bob", "guest"));
    }

    private void room(Rest owner, String room, String name, String topic, String visibility, List<String> members) {
        owner.post(
                "/rooms",
                Map.of("roomId", room, "name", name, "topic", topic, "visibility", visibility, "memberIds", members));
    }

    /** @return the seq */
    private long say(Rest person, String room, String text, @Nullable Long replyTo) {
        JsonObject body = new JsonObject().put("id", "scene-" + said++).put("text", text);
        if (replyTo != null) {
            body.put("replyTo", replyTo);
        }
        return new JsonObject(person.send("POST", "/rooms/%s/messages".formatted(room), body.encode())
                        .body())
                .getLong("seq");
    }

    private static void save(Rest person, long seq) {
        String stamp =
                new JsonObject(person.get("/rooms/garden/messages/" + seq).body()).getString("stamp");
        person.send("PUT", "/saved/garden/%d?stamp=%s".formatted(seq, stamp), null);
    }

    private void react(Rest person, long seq, String emoji) {
        String encoded = URLEncoder.encode(emoji, StandardCharsets.UTF_8);
        person.send("PUT", "/rooms/garden/messages/%d/reactions/%s".formatted(seq, encoded), null);
    }
}
