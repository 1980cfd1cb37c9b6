package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A person with something in every list of the page, and how a keyboard goes through it. */
final class KeyboardScene {

    static final String OWN = "Mine, the last one";

    /** Keys that close what is open: a note, a reply, a menu, a dialog and a panel at most. */
    private static final int MAX_ESCAPES = 5;

    private static final String OPEN =
            "dialog, .menu, .panel, .composer-context, .completions:not([hidden]), .composer-note";

    private final String prefix;
    private final Rest alice;
    private final Rest bob;
    private int said;

    private KeyboardScene(String prefix) {
        this.prefix = prefix;
        alice = Rest.logIn(Nodes.second(), prefix + "-alice");
        bob = Rest.logIn(Nodes.second(), prefix + "-bob");
    }

    /** Makes the rooms of two people whose ids begin with the prefix. */
    static KeyboardScene set(String prefix) {
        KeyboardScene scene = new KeyboardScene(prefix);
        List<String> members = List.of(prefix + "-alice", prefix + "-bob");
        for (String room : List.of("attic", "garden", "porch")) {
            scene.alice.post("/rooms", Map.of("roomId", prefix + "-" + room, "memberIds", members));
        }
        for (int i = 0; i < 3; i++) {
            JsonObject first =
                    scene.say(scene.bob, "garden", "Lantern %d, see https://lantern.example/%d".formatted(i, i));
            long seq = first.getLong("seq");
            scene.answer(seq);
            scene.alice.send("PUT", "/rooms/%s/pins/%d".formatted(scene.garden(), seq), null);
            scene.alice.send(
                    "PUT", "/saved/%s/%d?stamp=%s".formatted(scene.garden(), seq, first.getString("stamp")), null);
        }
        scene.say(scene.alice, "garden", OWN);
        scene.bob.post("/rooms", Map.of("roomId", prefix + "-secret", "visibility", "private"));
        scene.bob.send("PUT", "/rooms/%s-secret/invitations/%s-alice".formatted(prefix, prefix), null);
        return scene;
    }

    String garden() {
        return prefix + "-garden";
    }

    String attic() {
        return prefix + "-attic";
    }

    Visitor alice(Browser browser, NewContextOptions options) {
        Visitor visitor = Visitor.loggedIn(
                browser, Nodes.first(), prefix + "-alice", Rest.logIn(Nodes.first(), prefix + "-alice"), options);
        visitor.lookAt(garden());
        assertThat(visitor.message(OWN)).isVisible();
        visitor.awaitField();
        return visitor;
    }

    /** A mention makes a room unread whatever is chosen for it. */
    void call() {
        say(bob, "attic", "@%s-alice, are you there?".formatted(prefix));
    }

    JsonObject say(Rest person, String room, String text) {
        return new JsonObject(person.post(
                        "/rooms/%s-%s/messages".formatted(prefix, room), Map.of("id", prefix + said++, "text", text))
                .body());
    }

    private void answer(long seq) {
        for (Rest person : List.of(alice, bob)) {
            person.post(
                    "/rooms/%s/messages".formatted(garden()),
                    Map.of("id", prefix + said++, "text", "An answer", "replyTo", seq));
        }
    }

    /** Closes whatever is open, and puts the focus into the empty field of the garden. */
    void begin(Visitor visitor) {
        Page page = visitor.page();
        for (int i = 0; i < MAX_ESCAPES && page.locator(OPEN).count() > 0; i++) {
            page.keyboard().press("Escape");
        }
        assertThat(page.locator(OPEN)).hasCount(0);
        boolean wasElsewhere = !page.url().matches(".*#" + garden() + "(/.*)?");
        visitor.lookAt(garden());
        assertThat(visitor.at("room-title")).hasText(garden());
        if (wasElsewhere) {
            visitor.awaitField();
        }
        visitor.at("draft").fill("");
        assertThat(visitor.at("draft")).isFocused();
    }
}
