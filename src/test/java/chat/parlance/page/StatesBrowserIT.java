package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The main states of the page, wide and on a phone, light and dark. {@code mvn verify -Ppictures} leaves a picture of each
 * in {@code target/screenshots}.
 */
final class StatesBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String DIALOG = "dialog";

    private static final String OWNER = "owner";

    /** A node of its own, because the pictures have names that other tests use as well. */
    private static Node node;

    private static String address;

    private static Scene scene;

    @BeforeAll
    static void setTheScene(@TempDir Path data) {
        node = TestNode.start(
                List.of(
                        "--data=" + data,
                        "--http.port=0",
                        "--management.port=0",
                        "--limits.enabled=false",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1"),
                Map.of());
        address = "127.0.0.1:" + node.httpPort();
        scene = Scene.set(address);
        new Rest(address, null)
                .post(
                        "/owner",
                        Map.of(
                                "linkCode",
                                node.setupCode().orElseThrow(),
                                "userId",
                                OWNER,
                                "name",
                                "Owner",
                                "password",
                                Rest.PASSWORD));
    }

    @AfterAll
    static void stopTheNode() {
        node.stop();
    }

    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleBeforeOneIsInARoom(Look look) {
        Visitor visitor = Visitor.atTheDoor(BROWSER, address, look.options());
        assertThat(visitor.at("credentials")).isVisible();
        look.at(visitor.page(), "door");
        visitor.at("other").click();
        visitor.enter("alice.a", "password123");
        assertThat(visitor.at("door-error")).isVisible();
        look.at(visitor.page(), "door-refused");
        String user = "new-" + look;
        Visitor newcomer = scene.newcomer(BROWSER, address, user, look.options());
        assertThat(newcomer.at("welcome-card")).containsText("Hello, Newcomer");
        look.at(newcomer.page(), "first-run");
    }

    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleInAConversation(Look look) {
        Visitor alice = scene.alice(BROWSER, address, look.options());
        Page page = alice.page();
        assertThat(alice.at("me")).hasText("Alice");
        // The list draws only rows near the screen.
        alice.at("direct-rooms").scrollIntoViewIfNeeded();
        assertThat(alice.at("direct-rooms")).containsText("Bob");
        look.at(page, "rooms");
        alice.lookAt("reading");
        assertThat(alice.at("new-line")).isInViewport();
        look.at(page, "unread", "main");
        alice.lookAt("garden");
        assertThat(alice.message("it is in the car")).isInViewport();
        look.at(page, "conversation");
        if (look.isPhone()) {
            alice.message("it is in the car").tap();
        } else {
            alice.message("it is in the car").hover();
        }
        alice.message("it is in the car").getByTestId("more").click();
        look.at(page, "message-menu", ".tools");
        page.keyboard().press("Escape");
        alice.message("it is in the car").focus();
        page.keyboard().press("r");
        assertThat(alice.at("composer-context")).isVisible();
        alice.at("draft").pressSequentially("Shall I, @");
        assertThat(alice.at("completions")).isVisible();
        look.at(page, "reply", ".composer");
        alice.at("draft").fill("");
        page.keyboard().press("Escape");
        if (look.isPhone()) {
            alice.at("format-toggle").click();
        }
        alice.at("draft").fill("**Ripe** by\n\n- Monday: `bed 3`\n- Friday");
        look.at(page, "formatting", ".composer");
        alice.write("/dance");
        assertThat(alice.at("composer-note")).isVisible();
        look.at(page, "command-refused", ".composer");
        alice.at("draft").fill("é".repeat(4_097));
        assertThat(alice.at("length")).containsText("too long");
        look.at(page, "too-long", ".composer");
        alice.at("draft").fill("");
        alice.at("emoji").click();
        assertThat(page.locator(".emoji").first()).isVisible();
        look.at(page, "emoji", ".emoji-picker");
        alice.at("emoji-search").fill("rocket");
        assertThat(page.locator(".emoji").first()).hasText("🚀");
        look.at(page, "emoji-found", ".emoji-picker");
        page.keyboard().press("Escape");
        alice.awaitUncovered();
        alice.lookAt("spring-fair");
        assertThat(alice.message("The tables are back")).isVisible();
        look.at(page, "archived", "main");
        alice.lookAt("village");
        assertThat(alice.message("The bench is mended")).isVisible();
        look.at(page, "join", "main");
        page.evaluate("() => { WebSocket.prototype.send = function () { this.close(); } }");
        alice.lookAt("garden");
        alice.write("I am on my way");
        assertThat(alice.at("connection")).containsText("What you write is kept");
        look.at(page, "offline", "main");
    }

    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleInEveryPanel(Look look) {
        Visitor alice = scene.alice(BROWSER, address, look.options());
        Page page = alice.page();
        alice.lookAt("garden");
        alice.at("thread-link").click();
        assertThat(alice.at("thread-panel").getByTestId("message")).hasCount(3);
        look.at(page, "thread");
        alice.at("panel-close").click();
        openPanel(alice, look, "members");
        alice.at("member-bob").getByTestId("person-bob").click();
        look.at(page, "members", ".panel");
        page.keyboard().press("Escape");
        alice.at("invite-user").pressSequentially("gue");
        assertThat(alice.at("people-found")).isVisible();
        look.at(page, "invite", ".panel");
        alice.at("invite-user").press("Escape");
        alice.at("panel-close").click();
        openPanel(alice, look, "pins");
        assertThat(alice.at("card")).isVisible();
        look.at(page, "pins", ".panel");
        alice.at("panel-close").click();
        openPanel(alice, look, "settings");
        assertThat(alice.at("settings-name")).isVisible();
        look.at(page, "settings", ".panel");
        alice.at("panel-close").click();
        alice.at("search").click();
        alice.at("search-text").fill("tomato*");
        alice.at("search-here").uncheck();
        alice.at("search-filters").click();
        assertThat(alice.at("hit").first()).isVisible();
        look.at(page, "search", ".panel");
        alice.at("search-text").fill("potatoes");
        assertThat(page.getByText("Nothing was found.")).isVisible();
        look.at(page, "search-nothing", ".panel");
    }

    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleInEveryDialog(Look look) {
        Visitor alice = scene.alice(BROWSER, address, look.options());
        Page page = alice.page();
        alice.lookAt("garden");
        alice.awaitField();
        alice.message("it is in the car").focus();
        page.keyboard().press("Delete");
        assertThat(alice.at("confirm-dialog")).isVisible();
        look.at(page, "delete", DIALOG);
        alice.at("dialog-close").click();
        if (look.isPhone()) {
            alice.at("back").click();
        }
        alice.at("find").click();
        alice.at("find-text").fill("gu");
        assertThat(alice.at("find-dialog")).containsText("Guest");
        look.at(page, "find", DIALOG);
        alice.at("dialog-close").click();
        alice.at("new-room").click();
        assertThat(alice.at("room-dialog")).isVisible();
        look.at(page, "new-room", DIALOG);
        alice.at("dialog-close").click();
        alice.at("direct-rooms").scrollIntoViewIfNeeded();
        alice.at("new-direct").click();
        alice.at("direct-user").pressSequentially("gue");
        assertThat(alice.at("people-found")).isVisible();
        look.at(page, "new-direct", DIALOG);
        alice.at("direct-user").press("Escape");
        alice.at("dialog-close").click();
        alice.at("account").click();
        alice.at("sessions-fold").click();
        assertThat(alice.at("sessions").locator("li").first()).isVisible();
        look.at(page, "account", DIALOG);
        alice.at("dialog-close").click();
        alice.at("help").click();
        assertThat(alice.at("shortcuts-dialog")).isVisible();
        look.at(page, "shortcuts", DIALOG);
    }

    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleWhenSomethingDoesNotCome(Look look) {
        Visitor alice = scene.alice(BROWSER, address, look.options());
        Page page = alice.page();
        page.route("**/api/v1/rooms?**", Route::abort);
        page.route("**/rooms/garden/events?**", Route::abort);
        page.route(FailuresBrowserIT.module("members-panel"), Route::abort);
        page.reload();
        assertThat(alice.at("rooms-failed")).containsText("Try again");
        look.at(page, "rooms-failed", ".side");
        alice.lookAt("garden");
        assertThat(page.locator("main").getByText("Messages could not be loaded"))
                .isVisible();
        look.at(page, "messages-failed", "main");
        openPanel(alice, look, "members");
        assertThat(alice.at("failed-part")).containsText("Try again");
        look.at(page, "part-failed", ".panel");
        page.unroute(FailuresBrowserIT.module("members-panel"));
        // By itself, after a while.
        assertThat(alice.at("member-bob")).isVisible();
        alice.at("panel-close").click();
        page.unroute("**/rooms/garden/events?**");
        assertThat(alice.message("it is in the car")).isVisible();
        page.route(FailuresBrowserIT.MAIN, Route::abort);
        // So that it waits before its next attempt as long as the check takes.
        page.evaluate("history.replaceState({ tries: 9 }, '')");
        page.reload();
        assertThat(page.getByText("could not be loaded")).isVisible();
        look.at(page, "load-failed");
        page.unroute(FailuresBrowserIT.MAIN);
        page.addInitScript(FailuresBrowserIT.STORAGES.get("blocked"));
        page.locator("#loading-again").click();
        assertThat(alice.at("session-note")).isVisible();
        look.at(page, "storage-blocked");
    }

    /** Lists of the user's own, and what is marked for later. */
    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleInWhatIsOnesOwn(Look look) {
        Visitor alice = scene.alice(BROWSER, address, look.options());
        Page page = alice.page();
        alice.at("threads").click();
        assertThat(alice.at("thread-item")).containsText("Who waters on Sunday?");
        look.at(page, "threads", DIALOG);
        alice.at("dialog-close").click();
        alice.at("saved").click();
        assertThat(alice.at("saved-card").last()).containsText("I made a plan for the week");
        look.at(page, "saved", DIALOG);
        alice.at("dialog-close").click();
        alice.at("order").click();
        assertThat(alice.at("popup-menu")).isVisible();
        look.at(page, "order", ".menu");
        page.keyboard().press("Escape");
        assertThat(alice.at("popup-menu")).hasCount(0);
        alice.at("room-garden").focus();
        page.keyboard().press("Shift+F10");
        assertThat(alice.at("notify-mentions")).isVisible();
        look.at(page, "room-options", ".menu");
        page.keyboard().press("Escape");
        assertThat(alice.at("popup-menu")).hasCount(0);
        alice.awaitUncovered();
        alice.lookAt("garden");
        assertThat(alice.message("it is in the car")).isInViewport();
        alice.write("&nbsp;");
        assertThat(alice.at("mark")).containsText("shows nothing");
        look.at(page, "failed", "main");
        alice.at("discard").click();
        alice.message("can you bring the long hose").focus();
        page.keyboard().press("u");
        assertThat(alice.at("new-line")).isVisible();
        look.at(page, "marked-unread", "main");
        alice.at("day").first().click();
        assertThat(alice.at("date-dialog")).isVisible();
        look.at(page, "date", DIALOG);
        alice.at("dialog-close").click();
        alice.at("search").click();
        alice.at("search-text").pressSequentially("neat from:bob has:link ");
        assertThat(alice.at("chip")).hasCount(2);
        assertThat(alice.at("hit").first()).isVisible();
        look.at(page, "search-chips", ".panel");
    }

    private static Visitor owner(Look look) {
        return Visitor.loggedIn(BROWSER, address, OWNER, Rest.logIn(address, OWNER), look.options());
    }

    private static void openAdministration(Visitor owner) {
        owner.at("account").click();
        owner.at("administration").click();
        assertThat(owner.at("account-bob")).isVisible();
    }

    @ParameterizedTest
    @MethodSource("chat.parlance.page.Look#all")
    void shouldBeAccessibleToAdministrators(Look look) {
        Visitor owner = owner(look);
        Page page = owner.page();
        openAdministration(owner);
        look.at(page, "accounts", DIALOG);
        owner.at("account-bob").click();
        owner.at("reset-password").click();
        assertThat(owner.at("qr-code")).isVisible();
        look.at(page, "account-reset", DIALOG);
        owner.at("disable").click();
        assertThat(owner.at("confirmation")).isVisible();
        look.at(page, "account-question", DIALOG);
        owner.at("confirmation-cancel").click();
        owner.at("tab-invites").click();
        owner.at("make-invite").click();
        assertThat(owner.at("qr-code")).isVisible();
        look.at(page, "invites", DIALOG);
        String link = owner.at("link").inputValue();
        owner.at("link-done").click();
        assertThat(owner.at("new-invite")).isVisible();
        look.at(page, "new-invite", DIALOG);
        owner.at("tab-audit").click();
        assertThat(owner.at("audit-entry").first()).isVisible();
        look.at(page, "audit", DIALOG);
        Visitor newcomer = Visitor.atTheDoor(BROWSER, address, look.options());
        newcomer.lookAt(link.replaceFirst(".*#", ""));
        assertThat(newcomer.at("name")).isVisible();
        look.at(newcomer.page(), "door-invited");
        newcomer.lookAt("link=password-" + "x".repeat(43));
        assertThat(newcomer.at("name")).hasCount(0);
        look.at(newcomer.page(), "door-reset");
    }

    /** A language that is read from right to left, and one without blanks between words. */
    @ParameterizedTest
    @ValueSource(strings = {"ar", "ja"})
    void shouldBeAccessibleInOtherLanguages(String language) {
        Visitor alice = scene.alice(BROWSER, address, Look.WIDE_LIGHT.options());
        Page page = alice.page();
        alice.at("account").click();
        alice.at("language").selectOption(language);
        assertThat(page.locator("html")).hasAttribute("lang", language);
        Look.WIDE_LIGHT.at(page, "account-" + language, DIALOG);
        alice.at("dialog-close").click();
        Look.everywhere(page, "rooms-" + language);
        alice.lookAt("garden");
        assertThat(alice.message("it is in the car")).isVisible();
        Look.everywhere(page, "conversation-" + language);
        alice.at("thread-link").click();
        assertThat(alice.at("thread-panel").getByTestId("message")).hasCount(3);
        Look.everywhere(page, "thread-" + language);
        Visitor owner = owner(Look.WIDE_LIGHT);
        owner.at("account").click();
        owner.at("language").selectOption(language);
        assertThat(owner.page().locator("html")).hasAttribute("lang", language);
        owner.at("administration").click();
        owner.at("account-bob").click();
        Look.everywhere(owner.page(), "administration-" + language);
        owner.at("tab-audit").click();
        assertThat(owner.at("audit-entry").first()).isVisible();
        Look.everywhere(owner.page(), "audit-" + language);
    }

    private static void openPanel(Visitor visitor, Look look, String panel) {
        if (look.isPhone()) {
            visitor.at("room-menu").click();
        }
        visitor.at(panel).click();
        assertThat(visitor.at(panel + "-panel")).isVisible();
    }
}
