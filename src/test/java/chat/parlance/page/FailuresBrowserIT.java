package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ReloadOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page without some of its files, without answers and without a storage: it always shows a text. */
final class FailuresBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    static final Pattern MAIN = Pattern.compile(".*/main(-[0-9a-f]+)?\\.js");
    static final Pattern STYLES = Pattern.compile(".*\\.css");

    /** Scripts that make the storages of a page fail as browsers do. */
    static final Map<String, String> STORAGES = Map.of(
            "blocked",
            "{ const refuse = () => { throw new DOMException('blocked', 'SecurityError'); };"
                    + " for (const part of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {"
                    + " Object.defineProperty(window, part, { get: refuse }); }"
                    + " if (window.LockManager) LockManager.prototype.request = async () => refuse(); }",
            "full",
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };");

    /** Module of a part of the page, with and without a hash in its name. */
    static Pattern module(String name) {
        return Pattern.compile(".*/%s(-[0-9a-f]+)?\\.js".formatted(name));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("lost", MAIN, Route::abort, "could not be loaded"),
                failure(
                        "refused",
                        MAIN,
                        route -> route.fulfill(new FulfillOptions().setStatus(503)),
                        "could not be loaded"),
                failure(
                        "broken",
                        MAIN,
                        route -> route.fulfill(new FulfillOptions()
                                .setContentType("text/javascript")
                                .setBody("throw new Error('broken')")),
                        "could not be started"),
                failure("never answered", MAIN, route -> {}, "Loading"),
                failure("without styles", STYLES, Route::abort, "Parlance"));
    }

    private static Arguments failure(String name, Pattern files, Consumer<Route> happens, String text) {
        return Arguments.of(name, files, happens, text);
    }

    /** Also after many attempts, while nothing can be used. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void shouldBeReadableWithAnyFileMissingAndRecoverWithTheServer(
            String name, Pattern files, Consumer<Route> happens, String text) {
        Page page = door();
        boolean isWaiting = !text.equals("Parlance");
        if (isWaiting) {
            page.evaluate("history.replaceState({ tries: 9 }, '')");
        }
        page.route(files, happens);
        page.reload(new ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
        assertThat(page.locator("body")).containsText(text);
        if (isWaiting) {
            assertThat(page.locator("#loading-again")).isVisible();
        }
        page.unroute(files);
        page.evaluate("dispatchEvent(new Event('online'))");
        assertThat(page.getByTestId("credentials")).isVisible();
        assertThat(page.locator("#loading")).hasCount(0);
        if (!isWaiting) {
            assertThat(page.locator(".door-card")).hasCSS("display", "grid");
        }
        BROWSER.takeComplaints();
    }

    @Test
    void shouldLoadALaterPartAgainThatWasLost() {
        Visitor visitor = Visitor.register(BROWSER, Nodes.first(), "load-later");
        visitor.page().route(module("shortcuts-dialog"), Route::abort);
        visitor.at("help").click();
        assertThat(visitor.at("failed-part")).containsText("could not be loaded");
        assertThat(visitor.at("try-again")).isVisible();
        visitor.page().unroute(module("shortcuts-dialog"));
        assertThat(visitor.at("shortcuts-dialog")).isVisible();
    }

    @ParameterizedTest
    @CsvSource({"blocked, does not let the page store", "full, storage for this page is full"})
    void shouldWorkFromMemoryWhereTheStorageIs(String state, String note) {
        Rest owner = Rest.logIn(Nodes.first(), "storage-" + state);
        owner.post("/rooms", Map.of("roomId", "storage-" + state));
        Visitor visitor = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions());
        visitor.page().addInitScript(STORAGES.get(state));
        visitor.page().reload();
        visitor.enter("storage-" + state, Rest.PASSWORD);
        visitor.awaitConnected();
        visitor.lookAt("storage-" + state);
        visitor.say("kept in memory");
        visitor.at("theme").click();
        assertThat(visitor.page().locator("html")).hasAttribute("data-theme", Pattern.compile("light|dark"));
        assertThat(visitor.at("session-note")).containsText(note);
        visitor.page().reload();
        assertThat(visitor.at("credentials")).isVisible();
    }

    /** The page of a new visitor, once its elements exist. */
    private static Page door() {
        Page page = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions())
                .page();
        page.getByTestId("credentials").waitFor();
        return page;
    }
}
