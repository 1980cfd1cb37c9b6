package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Number of components that are drawn again for what happens. {@code PageBench} measures the time that this takes. */
final class RedrawBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int ROOMS = 20;
    private static final int MESSAGES = 40;
    private static final String NAME = "Bob who redraws";

    /** The list of rooms may also be drawn meanwhile, for a read marker or for who has come. */
    private static final int FEW = 30;

    /** Parts of the page that hold all others, or hundreds of rows. */
    private static final String[] LARGE = {"App", "Shell", "Sidebar", "Conversation", "MessageList", "Message"};

    @Test
    void shouldDrawOnlyWhatHasChanged() {
        inRoom((visitor, bob) -> {
            Drawings drawings = Drawings.of(visitor.page());
            assertFew(drawings.during(() -> {
                bob.post("/rooms/redraw-7/messages", Map.of("id", "redraw-other", "text", "elsewhere"));
                assertThat(visitor.at("room-redraw-7").getByTestId("badge")).containsText("1");
            }));
            Map<String, Integer> followed = drawings.during(() -> {
                bob.post("/rooms/redraw-0/messages", Map.of("id", "redraw-here", "text", "right here"));
                assertThat(visitor.message("right here")).isVisible();
            });
            assertThat(sum(followed)).as("drawn: %s", followed).isLessThan(60);
            assertThat(followed).containsEntry("Message", 1).doesNotContainKeys("App", "Shell", "Sidebar", "Composer");
            assertFew(drawings.during(() -> {
                visitor.at("draft").press("a");
                assertThat(visitor.at("draft")).hasValue("a");
            }));
            assertFew(drawings.during(() -> {
                visitor.at("help").click();
                assertThat(visitor.at("dialog-close")).isVisible();
            }));
        });
    }

    @Test
    void shouldDrawOneLineForWhoIsTypingAndOneRowForWhoCame() {
        inRoom((visitor, bob) -> {
            Drawings drawings = Drawings.of(visitor.page());
            String direct =
                    new JsonObject(bob.send("PUT", "/direct/redraw-alice", null).body()).getString("roomId");
            try (Socket socket = Socket.authenticated(bob.address(), bob.token())) {
                socket.join("redraw-0", null);
                assertFew(drawings.during(() -> {
                    socket.send(Map.of("type", "typing", "room", "redraw-0"));
                    assertThat(visitor.at("typing")).containsText("is typing");
                }));
                assertFew(drawings.during(() -> {
                    socket.join(direct, null);
                    assertThat(visitor.at("room-" + direct).locator("[data-presence=online]"))
                            .hasCount(1);
                }));
            }
        });
    }

    /** Looks at a room with messages, as one of many rooms. @param act gets who looks, and who else is there */
    private static void inRoom(BiConsumer<Visitor, Rest> act) {
        Node node = TestNode.startBeside("--page.folder=src/main/resources/web");
        try {
            String address = "127.0.0.1:" + node.httpPort();
            Rest alice = Rest.logIn(address, "redraw-alice");
            new Rest(address, null)
                    .post("/users", Map.of("userId", "redraw-bob", "password", Rest.PASSWORD, "name", NAME));
            Rest bob = Rest.logIn(address, "redraw-bob");
            alice.send("PUT", "/direct/redraw-bob", null);
            for (int i = 0; i < ROOMS; i++) {
                bob.post("/rooms", Map.of("roomId", "redraw-" + i));
                alice.send("PUT", "/rooms/redraw-%d/members/redraw-alice".formatted(i), null);
            }
            for (int i = 0; i < MESSAGES; i++) {
                bob.post("/rooms/redraw-0/messages", Map.of("id", "redraw-" + i, "text", "message " + i));
            }
            Visitor visitor = Visitor.loggedIn(BROWSER, address, "redraw-alice", alice, new NewContextOptions());
            visitor.open("redraw-0");
            assertThat(visitor.message("message " + (MESSAGES - 1))).isVisible();
            // With the members come the names, and all messages are drawn by them.
            assertThat(visitor.page().locator(".sender").first()).hasText(NAME);
            act.accept(visitor, bob);
        } finally {
            node.stop();
        }
    }

    private static void assertFew(Map<String, Integer> drawn) {
        assertThat(drawn).as("what was drawn").isNotEmpty().doesNotContainKeys(LARGE);
        assertThat(sum(drawn)).as("drawn: %s", drawn).isLessThan(FEW);
    }

    private static int sum(Map<String, Integer> drawn) {
        return drawn.values().stream().mapToInt(Integer::intValue).sum();
    }
}
