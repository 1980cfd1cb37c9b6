package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page costs to load, and what happens when some of it does not come. */
final class LoadBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int MOST_BYTES = 150_000;
    private static final int USABLE_WITHIN_MS = 1_000;

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
