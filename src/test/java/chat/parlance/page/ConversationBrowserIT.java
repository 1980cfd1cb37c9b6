package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users talk, each at another node, and navigate the history. */
final class ConversationBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** More messages than the page holds, and the window in which it does not group. */
    private static final int LONG = 400;

    @Test
    void shouldLetTwoPeopleTalkAcrossNodesOnAWideScreenAndOnADarkPhone() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "talk-alice");
        alice.createRoom("talk-garden");
        alice.say("Is anybody here?");
        Visitor bob = Visitor.register(
                BROWSER,
                Nodes.second(),
                "talk-bob",
                new NewContextOptions()
                        .setViewportSize(390, 844)
                        .setColorScheme(ColorScheme.DARK)
                        .setHasTouch(true));
        assertThat(bob.page().evaluate("getComputedStyle(document.querySelector('.side')).backgroundColor"))
                .isEqualTo("rgb(15, 20, 19)");
        bob.findAndJoin("talk-garden");
        assertThat(bob.at("my-rooms")).isHidden();
        assertThat(bob.message("Is anybody here?")).isVisible();
        bob.say("Yes!");
        assertThat(alice.message("Yes!")).isVisible();
        alice.say("Nice to see you.");
        assertThat(bob.message("Nice to see you.")).isVisible();
        assertThat(bob.messages()).hasCount(3);
        assertThat(bob.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        bob.at("back").click();
        assertThat(bob.at("my-rooms")).isVisible();
    }

    @Test
    void shouldCloseThePanelThenTheConversationAndThenLeaveByBackOnAPhone() {
        Visitor bob = Visitor.register(
                BROWSER,
                Nodes.first(),
                "back-bob",
                new NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
        Page page = bob.page();
        page.navigate("about:blank");
        page.navigate("http://" + Nodes.first() + "/");
        // A page that starts at a conversation puts the rooms under it.
        bob.awaitConnected();
        bob.createRoom("back-attic");
        bob.at("back").click();
        assertThat(bob.at("my-rooms")).isVisible();
        bob.createRoom("back-porch");
        bob.say("Is anybody here?");
        bob.at("room-menu").click();
        bob.at("members").click();
        assertThat(bob.at("members-panel")).isVisible();
        page.waitForFunction("() => history.state.panel !== undefined");
        page.reload();
        assertThat(bob.at("members-panel")).isVisible();
        bob.closeByBack();
        assertThat(bob.at("members-panel")).hasCount(0);
        assertThat(bob.at("room-title")).isVisible();
        page.goBack();
        assertThat(bob.at("my-rooms")).isVisible();
        assertThat(bob.at("room-title")).hasCount(0);
        page.goBack();
        assertThat(page).hasURL("about:blank");
    }

    @Test
    void shouldGroupMessagesOfAUserAndShowTheDayAbove() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "group-alice");
        alice.createRoom("group-room");
        alice.say("one");
        alice.say("two");
        Locator headed = alice.page().locator("main .message.first");
        assertThat(headed).hasCount(1);
        assertThat(alice.page().locator(".day")).hasText("Today");
        assertThat(headed.locator("time").first())
                .hasAttribute("title", java.util.regex.Pattern.compile(".*ago|.*this.*|.*now.*"));
    }

    @Test
    void shouldShowUnreadMessagesAtTheReadMarker() {
        Rest writer = Rest.logIn(Nodes.second(), "unread-writer");
        writer.post("/rooms", Map.of("roomId", "unread-attic"));
        writer.post("/rooms", Map.of("roomId", "unread-porch"));
        Visitor reader = Visitor.register(BROWSER, Nodes.first(), "unread-reader");
        reader.join("unread-attic");
        reader.join("unread-porch");
        try (Socket socket = Socket.authenticated(Nodes.second(), writer.token())) {
            socket.post("unread-attic", "unread-1", "over here");
            socket.post("unread-attic", "unread-2", "@unread-reader you too");
            Locator badge = reader.at("room-unread-attic").getByTestId("badge");
            assertThat(badge).hasAttribute("data-calls", "true");
            assertThat(badge).containsText("2 unread");
            assertThat(reader.page()).hasTitle("(1) unread-porch · Parlance");
            reader.open("unread-attic");
            assertThat(reader.at("new-line")).isVisible();
            assertThat(reader.page().locator(".for-me")).hasCount(1);
            assertThat(badge).hasCount(0);
            assertThat(reader.page()).hasTitle("unread-attic · Parlance");
        }
        reader.page().reload();
        assertThat(reader.at("room-unread-attic").getByTestId("badge")).hasCount(0);
        reader.open("unread-porch");
        writer.send(
                "PATCH",
                "/rooms/unread-attic/messages/3",
                "{\"id\":\"unread-3\",\"text\":\"over here, @unread-reader\"}");
        assertThat(reader.at("room-unread-attic").getByTestId("badge")).containsText("1 for you");
        reader.open("unread-attic");
        assertThat(reader.at("room-unread-attic").getByTestId("badge")).hasCount(0);
    }

    @Test
    void shouldKeepAReadersPlaceWhileOthersTalkAndBringItBackToTheNewest() {
        Visitor reader = Visitor.register(BROWSER, Nodes.first(), "place-reader");
        reader.createRoom("place-room");
        Rest writer = Rest.logIn(Nodes.second(), "place-writer");
        try (Socket socket = Socket.authenticated(Nodes.second(), writer.token())) {
            socket.join("place-room", null);
            fill(socket, "place-room", 0, LONG);
            assertThat(reader.message("line " + (LONG - 1))).isVisible();
            scrollUpTo(reader, "line 250");
            Locator mark = reader.message("line 250");
            mark.scrollIntoViewIfNeeded();
            double before = mark.boundingBox().y;
            fill(socket, "place-room", LONG, 20);
            assertThat(reader.at("latest")).containsText("new");
            assertThat(mark.boundingBox().y).isEqualTo(before);
            reader.at("latest").click();
            assertThat(reader.message("line " + (LONG + 19))).isVisible();
            assertThat(reader.at("latest")).hasCount(0);
        }
    }

    @Test
    void shouldLeadToOneMessageByItsAddressAndReadOnInBothDirections() {
        Rest writer = Rest.logIn(Nodes.second(), "link-writer");
        writer.post("/rooms", Map.of("roomId", "link-room"));
        try (Socket socket = Socket.authenticated(Nodes.second(), writer.token())) {
            fill(socket, "link-room", 0, LONG);
        }
        Visitor reader = Visitor.register(BROWSER, Nodes.first(), "link-reader");
        // Room events come before the first line.
        reader.page().navigate("http://" + Nodes.first() + "/#link-room/200");
        Locator target = reader.page().locator("[data-seq='200']");
        assertThat(target).isInViewport();
        assertThat(target).isFocused();
        assertThat(reader.message("line " + (LONG - 1))).hasCount(0);
        reader.page().waitForCondition(() -> {
            reader.at("messages").evaluate("list => { list.scrollTop = list.scrollHeight; }");
            return reader.message("line " + (LONG - 1)).count() > 0;
        });
        scrollUpTo(reader, "line 0");
        assertThat(reader.at("beginning")).isAttached();
    }

    @Test
    void shouldKeepADraftInEachRoomOverAReload() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "draft-alice");
        alice.createRoom("draft-one");
        alice.at("draft").fill("half a thought");
        alice.createRoom("draft-two");
        assertThat(alice.at("draft")).hasValue("");
        alice.page().reload();
        alice.open("draft-one");
        assertThat(alice.at("draft")).hasValue("half a thought");
        alice.say("half a thought, and the rest");
        alice.page().reload();
        assertThat(alice.at("draft")).hasValue("");
    }

    private static void scrollUpTo(Visitor reader, String text) {
        reader.page().waitForCondition(() -> {
            reader.at("messages").evaluate("list => { list.scrollTop = 0; }");
            return reader.page()
                            .getByText(text, new Page.GetByTextOptions().setExact(true))
                            .count()
                    > 0;
        });
    }

    private static void fill(Socket socket, String room, int from, int count) {
        IntStream.range(from, from + count).forEach(i -> socket.post(room, room + "-" + i, "line " + i));
        IntStream.range(0, count).forEach(i -> socket.await("ack"));
    }
}
