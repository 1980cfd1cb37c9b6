package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Components that are drawn again for what happens: few, and all that show it. {@code PageBench} measures the time that this
 * takes.
 */
final class RedrawBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int ROOMS = 20;
    private static final int MESSAGES = 40;
    private static final String FIRST = "message 0 of all";

    /** The list of rooms may also be drawn meanwhile, for a read marker or for who has come. */
    private static final int FEW = 30;

    /** Parts of the page that hold all others, or hundreds of rows. */
    private static final String[] LARGE = {"App", "Shell", "Sidebar", "Conversation", "MessageList", "Message"};

    private static Node node;
    private static String address;

    @BeforeAll
    static void startNode() {
        node = TestNode.startBeside("--page.folder=src/main/resources/web");
        address = "127.0.0.1:" + node.httpPort();
    }

    @AfterAll
    static void stopNode() {
        node.stop();
    }

    @Test
    void shouldDrawOnlyWhatHasChanged() {
        Lookout lookout = lookout("few");
        Visitor alice = lookout.alice;
        Drawings drawings = Drawings.of(alice.page());
        assertFew(drawings.during(() -> {
            lookout.post(7, "elsewhere");
            assertThat(alice.at("room-" + lookout.room(7)).getByTestId("badge")).containsText("1");
        }));
        Map<String, Integer> followed = drawings.during(() -> {
            lookout.post(0, "right here");
            assertThat(alice.message("right here")).isVisible();
        });
        assertThat(sum(followed)).as("drawn: %s", followed).isLessThan(60);
        assertThat(followed).containsEntry("Message", 1).doesNotContainKeys("App", "Shell", "Sidebar", "Composer");
        assertFew(drawings.during(() -> {
            alice.at("draft").press("a");
            assertThat(alice.at("draft")).hasValue("a");
        }));
        assertFew(drawings.during(() -> {
            alice.at("help").click();
            assertThat(alice.at("dialog-close")).isVisible();
        }));
    }

    @Test
    void shouldDrawOneLineForWhoIsTypingAndOneRowForWhoCame() {
        Lookout lookout = lookout("who");
        Drawings drawings = Drawings.of(lookout.alice.page());
        Rest bob = lookout.bob;
        String direct = new JsonObject(bob.send("PUT", "/direct/" + lookout.user("alice"), null)
                        .body())
                .getString("roomId");
        try (Socket socket = Socket.authenticated(bob.address(), bob.token())) {
            socket.join(lookout.room(0), null);
            assertFew(drawings.during(() -> {
                socket.send(Map.of("type", "typing", "roomId", lookout.room(0)));
                assertThat(lookout.alice.at("typing")).containsText("is typing");
            }));
            assertFew(drawings.during(() -> {
                socket.join(direct, null);
                assertThat(lookout.alice.at("room-" + direct).locator("[data-presence=online]"))
                        .hasCount(1);
            }));
        }
    }

    @Test
    void shouldShowEachChangeOfMessagesAndPeopleEverywhere() {
        Lookout lookout = lookout("said");
        Visitor alice = lookout.alice;
        long first = lookout.post(0, FIRST);
        Locator message = alice.message(FIRST);
        assertThat(message).isVisible();
        String at = "/messages/" + first;
        lookout.shows("PATCH", at, Map.of("id", "edit-1", "text", FIRST + ", edited"), message.getByText("edited"));
        lookout.shows(
                "PUT",
                at + "/reactions/👍",
                null,
                message.getByTestId("reaction").getByText("👍"));
        lookout.shows(
                "PUT",
                at + "/reactions/❤️",
                null,
                message.getByTestId("reaction").getByText("❤️"));
        lookout.shows("PUT", "/pins/" + first, null, message.locator(".pinned"));
        lookout.shows(
                "POST",
                "/messages",
                Map.of("id", "reply-1", "text", "a reply", "replyTo", first),
                message.getByTestId("thread-link"));
        lookout.shows(
                "POST",
                "/messages",
                Map.of("id", "reply-2", "text", "to all", "replyTo", first, "alsoToRoom", true),
                alice.at("quote").getByText("edited"));
        message.getByTestId("thread-link").click();
        Locator thread = alice.at("thread-panel");
        assertThat(thread.getByText("to all")).isVisible();
        lookout.shows(
                "PATCH",
                at,
                Map.of("id", "edit-2", "text", FIRST + ", again"),
                alice.at("quote").getByText("again"));
        assertThat(thread.getByText("again")).isVisible();
        lookout.shows("DELETE", "/pins/" + first, null, message.locator(":scope:not(:has(.pinned))"));
        lookout.shows(
                "PUT",
                at + "/reactions/🎉",
                null,
                thread.getByTestId("reaction").getByText("🎉"));
        lookout.know("Bob, renamed");
        assertThat(alice.page().locator("main .sender").first()).hasText("Bob, renamed");
        assertThat(thread.locator(".sender").first()).hasText("Bob, renamed");
        assertThat(alice.at("direct-rooms").getByText("Bob, renamed")).isVisible();
        lookout.whole.assertFresh();
        lookout.shows("DELETE", at, null, alice.messages().locator(".gone"));
        alice.at("find").click();
        lookout.shows("POST", "/messages", Map.of("id", "behind", "text", "behind"), alice.message("behind"));
    }

    @Test
    void shouldShowEachChangeOfRoomsAndRightsEverywhere() {
        Lookout lookout = lookout("rooms");
        Visitor alice = lookout.alice;
        String user = lookout.user("alice");
        String own = "/members/" + user;
        alice.at("members").click();
        lookout.shows(
                "PATCH", "", Map.of("topic", "Tomatoes"), alice.at("room-topic").getByText("Tomatoes"));
        lookout.shows(
                "PATCH", "", Map.of("name", "Garden"), alice.at("room-title").getByText("Garden"));
        lookout.shows("PATCH", own, Map.of("muted", true), alice.page().getByText("You are muted here"));
        assertThat(alice.at("member-" + user).getByText("muted")).isVisible();
        lookout.shows("PATCH", own, Map.of("muted", false), alice.at("draft"));
        lookout.shows("PATCH", own, Map.of("role", "admin"), alice.at("invite"));
        for (String cellar : List.of(lookout.id("cellar"), lookout.id("attic"))) {
            lookout.bob.post("/rooms", Map.of("roomId", cellar, "visibility", "private"));
            lookout.bob.send("PUT", "/rooms/%s/invitations/%s".formatted(cellar, user), null);
            assertThat(alice.at("invitation-" + cellar)).isVisible();
            lookout.whole.assertFresh();
        }
        alice.at("draft").fill("unfinished");
        alice.open(lookout.room(1));
        assertThat(alice.at("room-" + lookout.room(0)).getByTestId("draft-sign"))
                .hasCount(1);
        lookout.whole.assertFresh();
        String starred = "/rooms/%s/preferences".formatted(lookout.room(5));
        lookout.own.send("PATCH", starred, new JsonObject().put("starred", true).encode());
        assertThat(alice.at("starred-rooms").getByTestId("room-" + lookout.room(5)))
                .isVisible();
        lookout.whole.assertFresh();
        alice.at("theme").click();
        assertThat(alice.at("theme")).hasAttribute("aria-label", "Switch to light");
        lookout.whole.assertFresh();
        alice.at("room-" + lookout.room(0)).click();
        assertThat(alice.at("room-title")).hasText("Garden");
        lookout.shows("PATCH", "", Map.of("archived", true), alice.page().getByText("This room is archived"));
        lookout.shows("PATCH", "", Map.of("archived", false), alice.at("draft"));
        lookout.shows("DELETE", own, null, alice.at("join"));
        alice.page().context().setOffline(true);
        assertThat(alice.at("state")).hasText("Offline");
        alice.page().context().setOffline(false);
        alice.noticeNetwork();
        alice.awaitConnected();
        lookout.whole.assertFresh();
    }

    /**
     * A look at a room with messages, which is one of many.
     *
     * @param own session of alice elsewhere
     */
    private record Lookout(String name, Visitor alice, Rest own, Rest bob, WholeDrawing whole) {

        String user(String who) {
            return id(who);
        }

        String id(Object what) {
            return RedrawBrowserIT.id(name, what);
        }

        String room(int index) {
            return id(index);
        }

        long post(int room, String text) {
            return RedrawBrowserIT.post(bob, room(room), text);
        }

        /** Changes something in the open room. The page shows it, and nothing that is out of date. */
        void shows(String method, String path, @Nullable Map<String, Object> change, Locator shown) {
            HttpResponse<String> answer = bob.send(
                    method, "/rooms/" + room(0) + path, change == null ? null : new JsonObject(change).encode());
            assertThat(answer.statusCode()).as("answer: %s", answer.body()).isLessThan(300);
            assertThat(shown.first()).isAttached();
            whole.assertFresh();
        }

        /** Has the page learn another name of bob's. */
        void know(String other) {
            alice.page().evaluate("""
                ([userId, name]) => {
                  const withChat = (node) => node?.props?.chat ?? node?.__k?.map(withChat).find(Boolean);
                  withChat(document.getElementById('app').__k).people.know([{ userId, name }]);
                }
                """, List.of(user("bob"), other));
        }
    }

    private static Lookout lookout(String name) {
        String alice = id(name, "alice");
        String bob = id(name, "bob");
        Rest own = Rest.logIn(address, alice);
        new Rest(address, null).post("/users", Map.of("userId", bob, "password", Rest.PASSWORD, "name", nameIn(name)));
        Rest other = Rest.logIn(address, bob);
        own.send("PUT", "/direct/" + bob, null);
        for (int i = 0; i < ROOMS; i++) {
            other.post("/rooms", Map.of("roomId", id(name, i)));
            own.send("PUT", "/rooms/%s/members/%s".formatted(id(name, i), alice), null);
        }
        for (int i = 0; i < MESSAGES; i++) {
            post(other, id(name, 0), "message " + i);
        }
        // A room that is read opens at its end, another one at its first new message.
        long head = new JsonObject(own.get("/rooms/" + id(name, 0)).body()).getLong("head");
        own.send(
                "PUT",
                "/rooms/%s/read".formatted(id(name, 0)),
                new JsonObject().put("seq", head).encode());
        Visitor visitor = Visitor.loggedIn(BROWSER, address, alice, own, new NewContextOptions());
        visitor.open(id(name, 0));
        assertThat(visitor.message("message " + (MESSAGES - 1))).isVisible();
        // With the members come the names, and all messages are drawn by them.
        assertThat(visitor.page().locator(".sender").first()).hasText(nameIn(name));
        return new Lookout(name, visitor, own, other, WholeDrawing.of(visitor.page()));
    }

    /** A name that nobody else has, who would be shown with its id. */
    private static String nameIn(String name) {
        return "Bob of " + name;
    }

    private static String id(String name, Object what) {
        return "redraw-%s-%s".formatted(name, what);
    }

    /** @return its seq */
    private static long post(Rest sender, String room, String text) {
        Map<String, Object> message = Map.of("id", text.replace(' ', '-'), "text", text);
        return new JsonObject(sender.post("/rooms/%s/messages".formatted(room), message)
                        .body())
                .getLong("seq");
    }

    private static void assertFew(Map<String, Integer> drawn) {
        assertThat(drawn).as("what was drawn").isNotEmpty().doesNotContainKeys(LARGE);
        assertThat(sum(drawn)).as("drawn: %s", drawn).isLessThan(FEW);
    }

    private static int sum(Map<String, Integer> drawn) {
        return drawn.values().stream().mapToInt(Integer::intValue).sum();
    }
}
