package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in other languages than English, of which one is read from right to left. */
final class LanguageBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void shouldShowNoEnglishBeforeTheBrowsersLanguageIsThereAndTurnThePageRound() {
        Rest alice = Rest.logIn(Nodes.first(), "tongue-alice");
        alice.post("/rooms", Map.of("roomId", "tongue-room", "name", "The Garden"));
        alice.post("/rooms/tongue-room/messages", Map.of("id", "tongue-1", "text", "left to right"));
        alice.post("/rooms/tongue-room/messages", Map.of("id", "tongue-2", "text", "مرحبًا (hello)!"));
        BlockingQueue<Route> waiting = new LinkedBlockingQueue<>();
        Page page = BROWSER.openBlank(new NewContextOptions().setLocale("ar-EG"));
        page.route("**/assets/ar-*.json", waiting::add);
        page.navigate("http://" + Nodes.first() + "/#tongue-room");
        page.waitForCondition(() -> !waiting.isEmpty());
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("#loading")).isHidden();
        assertThat(page.getByTestId("credentials")).hasCount(0);
        waiting.remove().resume();
        assertThat(page.getByTestId("enter")).hasText("تسجيل الدخول");
        page.getByTestId("user-id").fill("Tongue-Alice");
        page.getByTestId("password").fill(Rest.PASSWORD);
        page.getByTestId("enter").click();
        page.getByTestId("state").waitFor();
        assertThat(page.getByTestId("state")).hasText("متصل");
        assertThat(page.getByTestId("room-title")).hasText("The Garden");
        assertThat(waiting).isEmpty();
        // The list of rooms is where reading begins, and each message is read in its own direction.
        assertThat(page.locator(".side").boundingBox().x)
                .isGreaterThan(page.locator(".talk").boundingBox().x);
        assertThat(page.getByTestId("text")).hasText(new String[] {"left to right", "مرحبًا (hello)!"});
        assertThat(page.getByTestId("text")
                        .evaluateAll("(texts) => texts.map((text) => getComputedStyle(text).direction)"))
                .isEqualTo(List.of("ltr", "rtl"));
        // Both begin beside the face of the person.
        assertThat(page.locator(".message-body")
                        .evaluateAll("(bodies) => bodies.map((body) => Math.abs(Math.round("
                                + "body.getBoundingClientRect().right - body.querySelector('.text')"
                                + ".getBoundingClientRect().right)))"))
                .isEqualTo(List.of(0, 0));
    }

    @Test
    void shouldBeInEnglishWhenTheTextsCannotBeLoaded() {
        Page page = BROWSER.openBlank(new NewContextOptions().setLocale("ja-JP"));
        page.route("**/assets/ja-*.json", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        page.navigate("http://" + Nodes.first());
        assertThat(page.getByTestId("enter")).hasText("Log in");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        page.unroute("**/assets/ja-*.json");
        assertThat(page.getByTestId("enter")).hasText("ログイン");
    }

    @Test
    void shouldChangeTheLanguageAtOnceAndKeepTheChoiceInThisBrowser() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "choice-alice");
        alice.createRoom("choice-room");
        alice.say("said in between");
        alice.at("account").click();
        alice.at("language").selectOption("ja");
        assertThat(alice.at("state")).hasText("接続済み");
        assertThat(alice.at("log-out")).hasText("ログアウト");
        assertThat(alice.page().locator("html")).hasAttribute("lang", "ja");
        alice.page().keyboard().press("Escape");
        assertThat(alice.message("said in between")).isVisible();
        alice.page().reload();
        assertThat(alice.at("state")).hasText("接続済み");
        alice.at("account").click();
        alice.at("language").selectOption("");
        alice.awaitConnected();
    }
}
