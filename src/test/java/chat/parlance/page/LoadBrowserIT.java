package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page costs to load, and what happens when some of it does not come. */
final class LoadBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int MOST_BYTES = 150_000;
    private static final int USABLE_WITHIN_MS = 1_000;

    /** Scripts that make the storages of a page fail as browsers do. */
    private static final Map<String, String> STORAGES = Map.of(
            "blocked",
            "{ const refuse = () => { throw new DOMException('blocked', 'SecurityError'); };"
                    + " for (const part of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {"
                    + " Object.defineProperty(window, part, { get: refuse }); }"
                    + " LockManager.prototype.request = async () => refuse(); }",
            "full",
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };");

    /** Other work of the machine only ever makes a load slower: so many are tried until one is soon enough. */
    private static final int LOADS = 10;

    @Test
    void shouldTransferLittleAndLeaveThePickerForLater() {
        Page fresh = load();
        Number bytes = (Number) fresh.evaluate("() => performance.getEntriesByType('resource')"
                + ".concat(performance.getEntriesByType('navigation'))"
                + ".reduce((sum, entry) => sum + entry.transferSize, 0)");
        System.out.printf("first load: %d bytes%n", bytes.longValue());
        assertThat(bytes.intValue()).isBetween(10_000, MOST_BYTES);
        assertThat((Boolean) fresh.evaluate("() => performance.getEntriesByType('resource').some((entry) =>"
                        + " /emoji-picker|emoji.json/.test(entry.name) ||"
                        + " !entry.name.startsWith(location.origin))"))
                .isFalse();
    }

    @Test
    void shouldBeUsableSoon() {
        assertThat(DoubleStream.generate(() -> firstContentfulPaintMs(load()))
                        .limit(LOADS)
                        .peek(paintedMs -> System.out.printf("first load: painted after %.0f ms%n", paintedMs))
                        .anyMatch(paintedMs -> paintedMs < USABLE_WITHIN_MS))
                .as("painted within %d ms", USABLE_WITHIN_MS)
                .isTrue();
    }

    @Test
    void shouldKeepFilesForGoodUnderAPathThatChangesWithThem() {
        Page page = load();
        Number asked = (Number)
                page.evaluate("async () => { const urls = performance.getEntriesByType('resource').map((entry) =>"
                        + " entry.name).filter((name) => name.includes('/assets/')); const controls = await"
                        + " Promise.all(urls.map((url) => fetch(url).then((answer) =>"
                        + " answer.headers.get('cache-control')))); return controls.filter((control) =>"
                        + " control === 'public, max-age=31536000, immutable').length; }");
        assertThat(asked.intValue()).isGreaterThan(20);
    }

    @Test
    void shouldTryAgainWhenAModuleDoesNotCome() {
        AtomicInteger refused = new AtomicInteger();
        Page page = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions())
                .page();
        page.route("**/view/app.js", route -> {
            if (refused.getAndIncrement() < 2) {
                route.abort();
            } else {
                route.resume();
            }
        });
        page.reload();
        assertThat(page.getByTestId("credentials")).isVisible();
        assertThat(refused.get()).isGreaterThanOrEqualTo(3);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("main.js", (Consumer<Route>) Route::abort, "could not be loaded"),
                Arguments.of("view/app.js", (Consumer<Route>) Route::abort, "could not be loaded"),
                Arguments.of(
                        "library/preact.js",
                        (Consumer<Route>) route -> route.fulfill(new FulfillOptions().setStatus(503)),
                        "could not be loaded"),
                Arguments.of(
                        "style/base.css",
                        (Consumer<Route>) route -> route.fulfill(new FulfillOptions().setStatus(404)),
                        "Welcome"),
                Arguments.of(
                        "model/chat.js",
                        (Consumer<Route>) route -> route.fulfill(new FulfillOptions()
                                .setContentType("text/javascript")
                                .setBody("export class Chat { constructor() { throw new Error('broken'); } }")),
                        "could not be started"),
                // It is never answered.
                Arguments.of("main.js", (Consumer<Route>) route -> {}, "Loading"));
    }

    /** Also after more tries than a page had before it gave up. */
    @ParameterizedTest
    @MethodSource("failures")
    void shouldBeReadableWhateverDoesNotComeAndComeBackWithTheServer(
            String file, Consumer<Route> failure, String text) {
        Page page = load();
        page.evaluate("history.replaceState({ tries: 9 }, '')");
        page.route("**/" + file, failure);
        page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
        assertThat(page.locator("body")).containsText(text);
        if (page.locator("#loading").count() > 0) {
            assertThat(page.getByText("Try again")).isVisible();
        }
        page.unroute("**/" + file);
        if (text.equals("Loading")) {
            page.getByText("Try again").click();
        } else {
            page.evaluate("dispatchEvent(new Event('online'))");
        }
        assertThat(page.getByTestId("credentials")).isVisible();
        assertThat(page.locator("#loading")).hasCount(0);
        BROWSER.takeComplaints();
    }

    @Test
    void shouldLoadALaterPartAgainThatDidNotCome() {
        Visitor visitor = Visitor.register(BROWSER, Nodes.first(), "load-later");
        Page page = visitor.page();
        page.route("**/view/shortcuts-dialog.js", Route::abort);
        visitor.at("help").click();
        assertThat(visitor.at("failed-part")).containsText("could not be loaded");
        page.unroute("**/view/shortcuts-dialog.js");
        visitor.at("try-again").click();
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
        assertThat(visitor.at("storage-note")).containsText(note);
        visitor.page().reload();
        assertThat(visitor.at("credentials")).isVisible();
    }

    /** The page of somebody who was never here, when its elements are there. */
    private static Page load() {
        Page page = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions())
                .page();
        page.getByTestId("credentials").waitFor();
        return page;
    }

    /** Elements are there before they are painted, so this waits for the browser to tell of it. */
    private static double firstContentfulPaintMs(Page page) {
        return ((Number) page.evaluate("() => new Promise((resolve) => new PerformanceObserver((list) =>"
                        + " list.getEntriesByName('first-contentful-paint').forEach((paint) =>"
                        + " resolve(paint.startTime))).observe({ type: 'paint', buffered: true }))"))
                .doubleValue();
    }
}
