package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Roles;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page by touch, on very small screens, in the colours of the system, without motion and on paper. */
final class AccessBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static KeyboardScene scene;

    @BeforeAll
    static void setTheScene() {
        scene = KeyboardScene.set("access");
    }

    private static NewContextOptions phone(int widthPx, int heightPx) {
        return new NewContextOptions()
                .setViewportSize(widthPx, heightPx)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    /** Way to a state of the page on a phone that is at a conversation. */
    private static final Map<String, Consumer<Visitor>> COVERS = Map.of(
            ".menu.popup", AccessBrowserIT::pressLong,
            ".emoji-picker", alice -> alice.at("emoji").tap(),
            "dialog.dialog", alice -> alice.at("day").first().tap(),
            ".talk-tools .menu", alice -> alice.at("room-menu").tap());

    @Test
    void shouldOpenTheMenuOfAMessageByALongPressAndCloseByBackWhatIsUppermost() {
        Visitor alice = scene.alice(BROWSER, phone(390, 844));
        Page page = alice.page();
        COVERS.forEach((cover, open) -> {
            open.accept(alice);
            assertThat(page.locator(cover)).isVisible();
            alice.closeByBack();
            assertThat(page.locator(cover)).hasCount(0);
            assertThat(alice.at("room-title")).isVisible();
        });
        pressLong(alice);
        Look.PHONE_LIGHT.at(page, "menu-of-message");
        alice.at("popup-menu").getByTestId("open-thread").tap();
        assertThat(alice.at("thread-panel")).isVisible();
        alice.closeByBack();
        assertThat(alice.at("thread-panel")).hasCount(0);
        assertThat(alice.message(KeyboardScene.OWN)).isFocused();
        page.goBack();
        assertThat(alice.at("room-title")).hasCount(0);
        assertThat(alice.at("room-" + scene.garden())).isFocused();
        alice.at("find").tap();
        assertThat(alice.at("find-dialog")).isVisible();
        alice.closeByBack();
        assertThat(alice.at("find-dialog")).hasCount(0);
        assertThat(alice.at("my-rooms")).isVisible();
    }

    /** Holds a finger on a message until its menu is there. */
    private static void pressLong(Visitor alice) {
        Locator text = alice.message(KeyboardScene.OWN).getByTestId("text");
        text.scrollIntoViewIfNeeded();
        BoundingBox box = text.boundingBox();
        CDPSession touch = alice.page().context().newCDPSession(alice.page());
        touch.send("Input.dispatchTouchEvent", touches("touchStart", box.x + box.width / 2, box.y + box.height / 2));
        assertThat(alice.at("popup-menu")).isVisible();
        touch.send("Input.dispatchTouchEvent", touches("touchEnd"));
        touch.detach();
    }

    private static JsonObject touches(String type, double... place) {
        JsonArray points = new JsonArray();
        if (place.length > 0) {
            JsonObject point = new JsonObject();
            point.addProperty("x", place[0]);
            point.addProperty("y", place[1]);
            points.add(point);
        }
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        return event;
    }

    /** What opens from the conversation, and from the rooms, by a tap. */
    private static final List<String> FROM_TALK = List.of("emoji", "room-menu", "search", "thread-link", "day");

    private static final List<String> FROM_ROOMS =
            List.of("find", "new-room", "account", "help", "threads", "saved", "new-direct", "order");

    @Test
    void shouldFitAScreenOf280PixelsInEveryState() {
        Visitor alice = scene.alice(BROWSER, phone(280, 653));
        Page page = alice.page();
        assertFits(page, "conversation");
        pressLong(alice);
        assertFits(page, "menu of a message");
        alice.closeByBack();
        assertThat(alice.at("popup-menu")).hasCount(0);
        FROM_TALK.forEach(each -> assertFitsWith(alice, each));
        for (String panel : List.of("members", "pins", "settings")) {
            alice.at("room-menu").tap();
            assertFitsWith(alice, panel);
        }
        page.goBack();
        assertThat(alice.at("my-rooms")).isVisible();
        assertFits(page, "rooms");
        FROM_ROOMS.forEach(each -> assertFitsWith(alice, each));
    }

    @Test
    void shouldFitAdministratorsToAScreenOf280Pixels() {
        Roles.logIn("administrator", "access-admin");
        Visitor admin = Visitor.register(BROWSER, Nodes.first(), "access-admin", phone(280, 653));
        Page page = admin.page();
        admin.at("account").tap();
        admin.at("administration").tap();
        admin.at("account-search").fill("access-admin");
        admin.at("account-access-admin").tap();
        assertThat(admin.at("account-view")).isVisible();
        assertFits(page, "account");
        admin.at("tab-audit").tap();
        assertThat(admin.at("audit-entry").first()).isVisible();
        assertFits(page, "audit trail");
        admin.at("tab-invites").tap();
        admin.at("make-invite").tap();
        assertThat(admin.at("qr-code")).isVisible();
        assertFits(page, "invites");
        page.goBack();
        assertThat(page.locator("dialog")).hasCount(0);
    }

    private static void assertFitsWith(Visitor alice, String opener) {
        Page page = alice.page();
        Locator open = page.locator("dialog, .menu, .panel");
        alice.at(opener).first().tap();
        assertThat(open.first()).isVisible();
        assertFits(page, opener);
        alice.closeByBack();
        assertThat(open).hasCount(0);
    }

    /** Nothing is wider than the screen, or beside it, but for what scrolls. */
    private static void assertFits(Page page, String state) {
        Object beside = page.evaluate(
                "() => [...document.querySelectorAll('body *')].filter(element => { const { left, right, width } ="
                    + " element.getBoundingClientRect(); return width > 1 && (right > innerWidth + 1 || left < -1) &&"
                    + " !element.closest('.format-bar, .code, table, .unseen, .skip'); }).map(element =>"
                    + " element.outerHTML.slice(0, 200))");
        assertThat((List<?>) beside).as(state).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(state)
                .isEqualTo(280);
    }

    /** What is chosen, and a neighbour of it that is not: in the colours of the system both have the same background. */
    private static final List<List<String>> CHOSEN = List.of(
            List.of(".room-item[aria-current]", ".room-item:not([aria-current])"),
            List.of(".talk-tools [aria-pressed=true]", ".talk-tools [aria-pressed=false]"),
            List.of(".completions [aria-selected=true]", ".completions [aria-selected=false]"),
            List.of(".composer-field:has(:focus)", ".search-button"),
            List.of(".message:focus", ".message:not(:focus)"));

    @Test
    void shouldShowWhatIsChosenAndWhereTheFocusIsInTheColoursOfTheSystem() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions().setForcedColors(ForcedColors.ACTIVE));
        Page page = alice.page();
        alice.at("members").click();
        alice.at("draft").pressSequentially(":rocke");
        assertThat(alice.at("completions")).isVisible();
        for (List<String> pair : CHOSEN) {
            if (pair.getFirst().startsWith(".message")) {
                alice.message(KeyboardScene.OWN).focus();
                page.keyboard().press("ArrowUp");
            }
            assertThat(outline(page, pair.getFirst()))
                    .as(pair.getFirst())
                    .isNotEqualTo("none")
                    .isNotEqualTo(outline(page, pair.getLast()));
        }
        page.keyboard().press("Shift+F10");
        assertThat(alice.at("popup-menu")).isVisible();
        assertThat(outline(page, ".menu button:focus")).isNotEqualTo("none");
        Look.FORCED.at(page, "menu-forced");
        page.keyboard().press("Escape");
        page.keyboard().press("Control+k");
        assertThat(page.locator(".found [aria-selected=true]")).isVisible();
        assertThat(outline(page, ".found [aria-selected=true]"))
                .isNotEqualTo(outline(page, ".found [aria-selected=false]"));
        Look.FORCED.at(page, "find-forced");
    }

    private static String outline(Page page, String selector) {
        return (String) page.locator(selector).first().evaluate("element => getComputedStyle(element).outlineStyle");
    }

    @Test
    void shouldMoveNothingForWhoeverWantsNoMotion() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions());
        Page page = alice.page();
        assertStill(page);
        alice.at("members").click();
        alice.at("order").click();
        assertThat(alice.at("popup-menu")).isVisible();
        assertStill(page);
        page.keyboard().press("Escape");
        alice.at("help").click();
        assertThat(alice.at("shortcuts-dialog")).isVisible();
        assertStill(page);
    }

    /** Waiting before something is shown is no motion: such an animation takes a millisecond. */
    private static void assertStill(Page page) {
        Object moving = page.evaluate("() => [...document.querySelectorAll('*')].filter(element => { const {"
            + " transitionDuration, animationName, animationDuration } = getComputedStyle(element); const longest ="
            + " durations => Math.max(...durations.split(',').map(parseFloat)); return longest(transitionDuration) >"
            + " 0.001 || (animationName !== 'none' && longest(animationDuration) > 0.001); }).map(element =>"
            + " element.outerHTML.slice(0, 200))");
        assertThat((List<?>) moving).isEmpty();
    }

    @Test
    void shouldPrintTheWholeConversationDarkOnWhiteAndNothingElse() {
        Visitor alice = scene.alice(
                BROWSER,
                new NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(1280, 300));
        Page page = alice.page();
        alice.at("members").click();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        for (String hidden : List.of(".side", ".panel", ".composer", ".talk-tools", ".skip", ".reaction.add")) {
            assertThat(page.locator(hidden).filter(new Locator.FilterOptions().setVisible(true)))
                    .hasCount(0);
        }
        assertThat(page.evaluate("() => { const list = document.querySelector('.messages'); return"
                        + " [getComputedStyle(document.body).color, getComputedStyle(list).overflowY,"
                        + " list.scrollHeight <= list.clientHeight, document.documentElement.scrollHeight"
                        + " >= list.offsetHeight]; }"))
                .isEqualTo(List.of("rgb(29, 36, 34)", "visible", true, true));
        assertThat(alice.messages().first()).isVisible();
    }
}
