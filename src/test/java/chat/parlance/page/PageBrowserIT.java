package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PageBrowserIT {

    private static final Browser BROWSER = new Browser();

    /** Messages that are not known to be stored. */
    private static final String UNSENT = ".message:is([data-state=waiting], [data-state=sending], [data-state=failed])";

    @AfterAll
    static void closeBrowser() {
        BROWSER.close();
    }

    @Test
    void shouldLetTwoPeopleRegisterAndChat() {
        Page alice = BROWSER.open(TestNode.address(), new NewContextOptions());
        register(alice, "page-alice");
        alice.getByTestId("new-room").click();
        alice.getByTestId("room-id").fill("garden");
        alice.getByTestId("room-name").fill("The garden");
        alice.getByTestId("room-create").click();
        assertThat(alice.getByTestId("room-title")).hasText("The garden");
        say(alice, "Is anybody here?");

        Page bob = BROWSER.open(
                TestNode.address(),
                new NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
        register(bob, "page-bob");
        screenshot(bob, "rooms-phone-dark");
        join(bob, "garden");
        assertThat(messages(bob)).containsText(new String[] {"Is anybody here?"});
        say(bob, "Yes! Look: https://example.org/a?b=c <script>alert(1)</script>");
        assertThat(messages(alice).last()).containsText("<script>alert(1)</script>");
        say(alice, "Nice to see you.");
        assertThat(messages(bob).last()).containsText("Nice to see you.");
        assertThat(messages(alice)).hasCount(3);
        screenshot(alice, "conversation-wide-light");
        screenshot(bob, "conversation-phone-dark");
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsWrittenOfflineAndSendItOnce() {
        Page page = BROWSER.open(TestNode.address(), new NewContextOptions());
        register(page, "page-offline");
        createRoom(page, "cellar");
        say(page, "before");
        page.evaluate(
                "() => { const S = WebSocket.prototype.send; window.cut = true; WebSocket.prototype.send = function"
                        + " (d) { if (window.cut) { this.close(); } else { S.call(this, d); } } }");
        page.getByTestId("draft").fill("while away");
        page.getByTestId("send").click();
        assertThat(page.getByTestId("state")).not().hasText("Connected");
        page.evaluate("() => { window.cut = false; }");
        assertThat(page.getByTestId("state")).hasText("Connected");
        say(page, "after");
        assertThat(messages(page)).containsText(new String[] {"before", "while away", "after"});
        assertThat(messages(page)).hasCount(3);
    }

    @Test
    void shouldSendOnceAfterAReloadWhatWasWrittenBeforeIt() {
        Page page = BROWSER.open(TestNode.address(), new NewContextOptions());
        register(page, "page-away");
        createRoom(page, "shed");
        say(page, "before");
        page.evaluate("() => { WebSocket.prototype.send = function () { this.close(); } }");
        page.getByTestId("draft").fill("while away");
        page.getByTestId("send").click();
        assertThat(page.getByTestId("state")).not().hasText("Connected");
        page.reload();
        page.getByTestId("room-shed").click();
        assertThat(messages(page)).containsText(new String[] {"before", "while away"});
        assertThat(page.locator(UNSENT)).hasCount(0);
        assertThat(messages(page)).hasCount(2);
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void shouldShowHistoryOnScrollAndUnreadElsewhere() {
        Rest writer = Rest.logIn(TestNode.address(), "page-writer");
        for (String room : List.of("attic", "porch")) {
            writer.post("/rooms", Map.of("roomId", room));
        }
        try (Socket socket = Socket.authenticated(TestNode.address(), writer.token())) {
            for (int i = 1; i <= 150; i++) {
                socket.post("attic", "attic-" + i, "line " + i);
            }
            for (int i = 1; i <= 150; i++) {
                socket.await("ack");
            }
            Page page = BROWSER.open(TestNode.address(), new NewContextOptions());
            register(page, "page-reader");
            join(page, "porch");
            join(page, "attic");
            assertThat(messages(page).last()).containsText("line 150");
            Locator first = page.getByText("line 1", new Page.GetByTextOptions().setExact(true));
            page.waitForCondition(() -> {
                page.getByTestId("messages").evaluate("list => { list.scrollTop = 0; }");
                return first.count() > 0;
            });
            assertThat(first).hasCount(1);
            assertThat(messages(page)).hasCount(150);
            page.getByTestId("latest").click();
            socket.post("porch", "porch-1", "over here");
            assertThat(page.getByTestId("room-porch")).containsText("1");
        }
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void shouldSayWhatWentWrongAndRememberWhoIsLoggedIn() {
        Page page = BROWSER.open(TestNode.address(), new NewContextOptions());
        page.getByTestId("user-id").fill("page-nobody");
        page.getByTestId("password").fill("wrong password");
        page.getByTestId("enter").click();
        assertThat(page.getByTestId("door-error")).hasText("Unknown user or wrong password");
        screenshot(page, "door-wide-light");
        register(page, "page-reload");
        page.reload();
        assertThat(page.getByTestId("me")).hasText("page-reload");
        page.getByTestId("account").click();
        page.getByTestId("log-out").click();
        assertThat(page.getByTestId("credentials")).isVisible();
    }

    private static void register(Page page, String user) {
        page.getByTestId("other").click();
        page.getByTestId("user-id").fill(user);
        page.getByTestId("name").fill(user);
        page.getByTestId("password").fill(Rest.PASSWORD);
        page.getByTestId("enter").click();
        assertThat(page.getByTestId("me")).hasText(user);
        assertThat(page.getByTestId("state")).hasText("Connected");
    }

    /** Finds a room that is open to everybody, and joins it. */
    private static void join(Page page, String room) {
        page.getByTestId("find").click();
        page.getByTestId("find-text").fill(room);
        page.getByTestId("found-" + room).click();
        page.getByTestId("join").click();
        assertThat(page.getByTestId("draft")).isVisible();
    }

    private static void createRoom(Page page, String room) {
        page.getByTestId("new-room").click();
        page.getByTestId("room-id").fill(room);
        page.getByTestId("room-create").click();
        assertThat(page.getByTestId("room-title")).hasText(room);
    }

    private static void say(Page page, String text) {
        page.getByTestId("draft").fill(text);
        page.getByTestId("draft").press("Enter");
        assertThat(messages(page).last()).containsText(text);
        assertThat(page.locator(UNSENT)).hasCount(0);
    }

    private static Locator messages(Page page) {
        return page.getByTestId("message");
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }
}
