package chat.parlance.page;

import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Three neighbours with a garden: what the pictures of the page show. */
final class Scene {

    private final String address;
    private final List<Long> said = new ArrayList<>();

    private Scene(String address) {
        this.address = address;
    }

    /** Makes the people and rooms, and lets them talk. */
    static Scene set(String address) {
        Scene scene = new Scene(address);
        Rest alice = scene.person("alice", "Alice Green");
        Rest bob = scene.person("bob", "Bob Brook");
        Rest carol = scene.person("carol", "Carol Stone");
        scene.room(alice, "garden", "The garden", "Tomatoes, tools and whose turn it is");
        scene.room(alice, "kitchen", "Kitchen", "What is for dinner");
        scene.room(bob, "reading", "Reading circle", "This month: short stories");
        long morning = scene.say(bob, "Good morning! The first **tomatoes** are ripe 🍅", null);
        long plan = scene.say(
                alice,
                "Lovely. I made a plan for the week:\n\n- Monday: weeding\n- Thursday: compost\n- Sunday: watering",
                null);
        long question = scene.say(carol, "Who waters on Sunday?", null);
        scene.say(bob, "I can.", question);
        scene.say(carol, "Thank you, @bob!", question);
        long sensor =
                scene.say(alice, "The sensor now says how dry it is:\n\n```\n$ moisture --bed 3\n41 %\n```", null);
        scene.say(bob, "Neat. `41 %` will do until tomorrow, see https://example.org/watering", null);
        scene.say(carol, "@alice can you bring the long hose?", null);
        scene.say(alice, "Of course, it is in the car.", null);
        for (Rest person : List.of(bob, carol)) {
            person.send("PUT", "/rooms/garden/messages/%d/reactions/%%F0%%9F%%9A%%80".formatted(sensor), null);
        }
        carol.send("PUT", "/rooms/garden/messages/%d/reactions/%%F0%%9F%%8D%%85".formatted(morning), null);
        alice.send("PUT", "/rooms/garden/pins/" + plan, null);
        carol.post("/rooms/kitchen/messages", Map.of("id", "kitchen-1", "text", "@alice soup tonight?"));
        bob.post("/rooms/reading/messages", Map.of("id", "reading-1", "text", "Who has the second volume?"));
        String direct = new JsonObject(bob.send("PUT", "/direct/alice", null).body()).getString("roomId");
        bob.post("/rooms/" + direct + "/messages", Map.of("id", "direct-1", "text", "The seeds have come!"));
        return scene;
    }

    /** Somebody who is in no room yet. */
    String newcomer(String width, String colours) {
        String user = "new-%s-%s".formatted(width, colours);
        Rest.logIn(address, user);
        return user;
    }

    private Rest person(String user, String name) {
        new Rest(address, null).post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", name));
        return Rest.logIn(address, user);
    }

    private void room(Rest owner, String room, String name, String topic) {
        owner.post(
                "/rooms",
                Map.of("roomId", room, "name", name, "topic", topic, "members", List.of("alice", "bob", "carol")));
    }

    /** @return the seq */
    private long say(Rest person, String text, @Nullable Long replyTo) {
        JsonObject body = new JsonObject().put("id", "garden-" + said.size()).put("text", text);
        if (replyTo != null) {
            body.put("replyTo", replyTo);
        }
        long seq = new JsonObject(person.send("POST", "/rooms/garden/messages", body.encode())
                        .body())
                .getLong("seq");
        said.add(seq);
        return seq;
    }
}
