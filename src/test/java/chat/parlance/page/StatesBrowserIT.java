package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The main states of the page, wide and on a phone, light and dark: axe-core finds no fault with any, and a picture of
 * each is left in {@code target/screenshots}.
 */
final class StatesBrowserIT {

    private static Scene scene;

    @BeforeAll
    static void setTheScene() {
        scene = Scene.set(Nodes.second());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"wide, light", "wide, dark", "phone, light", "phone, dark"})
    void shouldBeAccessibleInEveryState(String width, String colours) {
        try (Browser browser = new Browser()) {
            Look look = new Look(width, colours);
            Visitor alice = Visitor.atTheDoor(browser, Nodes.first(), look.options());
            assertThat(alice.at("credentials")).isVisible();
            look.check(alice.page(), "door");
            alice.enter(scene.newcomer(width, colours), Rest.PASSWORD);
            alice.awaitConnected();
            look.check(alice.page(), "first-run");
            alice.at("account").click();
            alice.at("log-out").click();
            alice.enter("alice", Rest.PASSWORD);
            alice.awaitConnected();
            look.check(alice.page(), "rooms");
            alice.at("room-garden").click();
            assertThat(alice.at("text").last()).isVisible();
            look.check(alice.page(), "conversation");
            if (width.equals("wide")) {
                alice.message("Who waters on Sunday?").hover();
                look.check(alice.page(), "message-tools");
            }
            alice.at("thread-link").click();
            assertThat(alice.at("thread-panel").getByTestId("message")).hasCount(3);
            look.check(alice.page(), "thread");
            alice.at("panel-close").click();
            for (String panel : List.of("members", "pins", "settings")) {
                alice.at(panel).click();
                assertThat(alice.at(panel + "-panel")).isVisible();
                look.check(alice.page(), panel);
                alice.at("panel-close").click();
            }
            alice.at("search").click();
            alice.at("search-text").fill("tomato*");
            assertThat(alice.at("hit").first()).isVisible();
            look.check(alice.page(), "search");
            alice.at("panel-close").click();
            alice.at("emoji").click();
            assertThat(alice.page().locator(".emoji").first()).isVisible();
            look.check(alice.page(), "emoji");
            alice.page().keyboard().press("Escape");
            for (String dialog : List.of("find", "new-room", "account", "shortcuts")) {
                if (width.equals("phone")) {
                    alice.page().evaluate("document.querySelector('[data-testid=back]')?.click()");
                }
                alice.at(dialog.equals("shortcuts") ? "help" : dialog).click();
                assertThat(alice.page().locator("dialog[open]")).isVisible();
                look.check(alice.page(), dialog);
                alice.at("dialog-close").click();
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** How a person looks at it. */
    private record Look(String width, String colours) {

        NewContextOptions options() {
            boolean phone = width.equals("phone");
            return new NewContextOptions()
                    .setViewportSize(phone ? 390 : 1280, phone ? 844 : 800)
                    .setHasTouch(phone)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setColorScheme(colours.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT);
        }

        void check(Page page, String state) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/screenshots", "%s-%s-%s.png".formatted(state, width, colours))));
            List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
            assertThat(violations.stream()
                            .map(rule -> rule.getId() + ": "
                                    + rule.getNodes().stream()
                                            .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                            .toList()))
                    .as("%s, %s, %s", state, width, colours)
                    .isEmpty();
        }
    }
}
