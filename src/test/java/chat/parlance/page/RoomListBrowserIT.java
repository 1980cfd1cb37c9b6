package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.MouseButton;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of rooms: the user's preferences for it on all devices, and long lists. */
final class RoomListBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int LONG = 60;

    /** Limit of drawn rows: those of a window 500 pixels high, and those near it. */
    private static final int DRAWN = 45;

    @Test
    void shouldBeAsTheUserWantsItOnAllDevices() {
        Rest bob = Rest.logIn(Nodes.first(), "list-bob");
        Rest alice = Rest.logIn(Nodes.first(), "list-alice");
        for (String room : List.of("list-a", "list-b")) {
            bob.post("/rooms", Map.of("roomId", room, "memberIds", List.of("list-alice")));
        }
        String direct =
                new JsonObject(bob.send("PUT", "/direct/list-alice", null).body()).getString("roomId");
        say(bob, direct, 1, "Just a word");
        Visitor desk = Visitor.loggedIn(BROWSER, Nodes.first(), "list-alice", alice, new NewContextOptions());
        Visitor phone = Visitor.loggedIn(BROWSER, Nodes.second(), "list-alice", alice, new NewContextOptions());
        say(bob, "list-a", 1, "Good morning");
        assertThat(phone.at("my-rooms").locator(".room-name"))
                .hasText(new String[] {"list-a", "list-b", "Find or start a room"});

        withOptions(desk, "list-b", "star");
        assertThat(phone.at("starred-rooms")).hasText("list-b");
        withOptions(desk, "list-a", "notify-mentions");
        assertThat(phone.at("room-list-a").getByTestId("badge")).hasCount(0);
        assertThat(phone.page()).hasTitle("(1) Parlance");
        say(bob, "list-a", 2, "@list-alice, are you there?");
        assertThat(phone.at("room-list-a").getByTestId("badge").locator("[aria-hidden]"))
                .hasText("1");
        assertThat(phone.page()).hasTitle("(2) Parlance");

        withOptions(desk, direct, "hide");
        assertThat(phone.at("room-" + direct)).hasCount(0);
        say(bob, direct, 2, "One more thing");
        assertThat(phone.at("room-" + direct)).isVisible();
        withOptions(desk, direct, "hide");
        assertThat(desk.at("room-" + direct)).hasCount(0);
        desk.page().keyboard().press("Control+k");
        desk.at("find-text").fill("ISTBO");
        desk.at("find-text").press("Enter");
        assertThat(desk.message("One more thing")).isVisible();
        assertThat(phone.at("room-" + direct)).isVisible();

        desk.at("fold-rooms").click();
        assertThat(phone.at("browse")).hasCount(0);
        assertThat(phone.at("room-list-a")).isVisible();
        phone.at("room-list-a").click();
        phone.page().reload();
        assertThat(phone.at("fold-rooms")).hasAttribute("aria-expanded", "false");
        assertThat(phone.at("room-list-a")).isVisible();
        phone.at("draft").fill("To be continued");
        phone.open("list-b");
        assertThat(phone.at("room-list-a")).hasCount(0);
        desk.at("fold-rooms").click();
        assertThat(phone.at("room-list-a").getByTestId("draft-sign")).isVisible();
        assertThat(desk.at("room-list-a")).isVisible();
    }

    @Test
    void shouldBeFastAndKeepItsPlaceWhenItIsLong() {
        Rest bob = Rest.logIn(Nodes.first(), "long-bob");
        Rest alice = Rest.logIn(Nodes.first(), "long-alice");
        for (int i = 0; i < LONG; i++) {
            bob.post("/rooms", Map.of("roomId", "long-%02d".formatted(i), "memberIds", List.of("long-alice")));
        }
        alice.send("PATCH", "/preferences", "{\"order\":\"name\"}");
        Visitor visitor = Visitor.loggedIn(
                BROWSER, Nodes.second(), "long-alice", alice, new NewContextOptions().setViewportSize(1000, 500));
        Page page = visitor.page();
        assertThat(visitor.at("room-long-00")).isVisible();
        assertThat(page.locator(".room-item").count()).isLessThan(DRAWN);

        say(bob, "long-50", 1, "Down here");
        visitor.at("unread-below").click();
        assertThat(visitor.at("room-long-50")).isInViewport();
        assertThat(visitor.at("unread-below")).hasCount(0);
        say(bob, "long-02", 1, "@long-alice, up here");
        assertThat(visitor.at("unread-above")).hasAttribute("data-calls", "true");

        visitor.at("order").click();
        visitor.at("order-recent").click();
        assertThat(visitor.at("popup-menu")).hasCount(0);
        visitor.at("room-long-45").scrollIntoViewIfNeeded();
        double before = top(visitor.at("room-long-45"));
        say(bob, "long-58", 1, "To the top");
        assertThat(visitor.at("unread-above")).isVisible();
        page.waitForCondition(() -> Math.abs(top(visitor.at("room-long-45")) - before) < 1);

        visitor.at("room-long-45").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator(":focus")).hasAttribute("data-testid", "room-long-46");
        page.keyboard().press("Home");
        assertThat(visitor.at("fold-rooms")).isFocused();
        page.keyboard().press("End");
        assertThat(visitor.at("new-direct")).isFocused();
        assertThat(page.locator(".side-scroll [tabindex='0']")).hasCount(1);
    }

    private static double top(Locator row) {
        BoundingBox box = row.boundingBox();
        return box == null ? Double.NaN : box.y;
    }

    private static void withOptions(Visitor visitor, String room, String action) {
        visitor.at("room-" + room).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        visitor.at("popup-menu").getByTestId(action).click();
        assertThat(visitor.at("popup-menu")).hasCount(0);
    }

    private static void say(Rest user, String room, int number, String text) {
        assertThat(user.post("/rooms/" + room + "/messages", Map.of("id", room + "-" + number, "text", text))
                        .statusCode())
                .isEqualTo(201);
    }
}
