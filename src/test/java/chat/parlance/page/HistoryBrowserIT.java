package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A room with ten thousand messages, from its newest to its first. */
final class HistoryBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int MESSAGES = 10_000;
    private static final int AT_ONCE = 500;
    private static final int MOST_ROWS = 300;
    private static final int ROWS_WITHIN_MS = 300;
    /** More rows would be a task in which a phone takes no key. */
    private static final int MOST_ROWS_AT_ONCE = 8;

    private static final double MOST_SHIFT = 0.02;
    private static final int LOADS = 5;

    /**
     * Scrolls up by wheel-like steps. Records in {@code window.scroll} the largest number of rows, and the largest
     * movement in pixels of the row at the top beyond the step when older ones were inserted above it.
     */
    private static final String SCROLL_UP = """
        async () => {
          const list = document.querySelector('[data-testid=messages]');
          const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
          const noted = { rows: 0, jump: 0 };
          for (let step = 0; step < 3000; step++) {
            const top = list.getBoundingClientRect().top;
            const row = [...list.querySelectorAll('article')].find((each) => each.getBoundingClientRect().bottom > top);
            const before = row.getBoundingClientRect().bottom;
            const by = Math.min(list.scrollTop, 600);
            list.scrollTop -= by;
            await frame();
            noted.rows = Math.max(noted.rows, list.querySelectorAll('article').length);
            if (row.isConnected) {
              noted.jump = Math.max(noted.jump, Math.abs(row.getBoundingClientRect().bottom - before - by));
            }
            if (list.querySelector('[data-testid=beginning]') && list.scrollTop === 0) {
              return noted;
            }
          }
          throw new Error('the beginning was not reached');
        }
        """;

    /**
     * Records in {@code window.watched} the time at which rows fill the list, the largest number of rows that one task
     * adds, and the layout shift of the page (Layout Instability).
     */
    private static final String WATCH = """
        window.watched = { shift: 0, rowsMs: null, rowsAtOnce: 0 };
        let rows = 0;
        new PerformanceObserver((list) => {
          list.getEntries().forEach((shift) => { window.watched.shift += shift.hadRecentInput ? 0 : shift.value; });
        }).observe({ type: 'layout-shift', buffered: true });
        new MutationObserver(() => {
          const list = document.querySelector('[data-testid=messages]');
          const before = rows;
          rows = document.querySelectorAll('[data-testid=message]').length;
          window.watched.rowsAtOnce = Math.max(window.watched.rowsAtOnce, rows - before);
          if (rows > 0 && list.scrollHeight > list.clientHeight) {
            const [load] = performance.getEntriesByType('navigation');
            window.watched.rowsMs ??= performance.now() - load.domInteractive;
          }
        }).observe(document, { childList: true, subtree: true });
        """;

    /**
     * Scrolls up as soon as the list overflows, while older rows wait for their tasks, and holds the scroll event back until all are
     * drawn. Records in {@code window.moved} how far that moved the row at the top, in pixels.
     */
    private static final String SCROLL_WHILE_DRAWING = """
        window.moved = null;
        let isHeld = false;
        addEventListener('scroll', (event) => isHeld && event.stopImmediatePropagation(), true);
        const drawn = new MutationObserver(() => {
          const list = document.querySelector('[data-testid=messages]');
          if (list && list.scrollHeight - list.clientHeight > 100) {
            drawn.disconnect();
            isHeld = true;
            list.scrollTop = 0;
            const row = list.querySelector('article');
            const top = row.getBoundingClientRect().top;
            const rows = list.querySelectorAll('article').length;
            const wait = () => {
              if (list.querySelectorAll('article').length < rows + 24) {
                setTimeout(wait);
                return;
              }
              window.moved = row.getBoundingClientRect().top - top;
              isHeld = false;
            };
            wait();
          }
        });
        drawn.observe(document, { childList: true, subtree: true });
        """;

    @BeforeAll
    static void makeRoom() {
        Rest writer = Rest.logIn(TestNode.address(), "history-writer");
        writer.post("/rooms", Map.of("roomId", "history-room"));
        try (Socket socket = Socket.authenticated(TestNode.address(), writer.token())) {
            for (int from = 0; from < MESSAGES; from += AT_ONCE) {
                IntStream.range(from, from + AT_ONCE).forEach(i -> socket.post("history-room", "h-" + i, "line " + i));
                IntStream.range(0, AT_ONCE).forEach(i -> socket.await("ack"));
            }
        }
    }

    /** Scripts run when the document is interactive. Other work of the machine only makes a load slower. */
    @Test
    void shouldShowRowsSoonAfterAReloadAndMoveNothing() {
        Visitor reader = Visitor.register(BROWSER, Nodes.first(), "history-reloader");
        reader.join("history-room");
        Page page = reader.page();
        page.addInitScript(WATCH);
        List<Double> rowsMs = new ArrayList<>();
        for (int load = 0; load < LOADS; load++) {
            page.reload();
            assertThat(reader.message("line " + (MESSAGES - 1))).isVisible();
            reader.awaitConnected();
            assertThat(reader.at("room-history-room")).isVisible();
            page.waitForCondition(() -> reader.messages().count() > MOST_ROWS_AT_ONCE);
            page.waitForFunction("() => window.watched.rowsMs !== null");
            assertThat((int) page.evaluate("window.watched.rowsAtOnce")).isLessThanOrEqualTo(MOST_ROWS_AT_ONCE);
            rowsMs.add(((Number) page.evaluate("window.watched.rowsMs")).doubleValue());
            assertThat(((Number) page.evaluate("window.watched.shift")).doubleValue())
                    .isLessThanOrEqualTo(MOST_SHIFT);
        }
        System.out.printf("reload into %d messages: rows after %s ms%n", MESSAGES, rowsMs);
        assertThat(rowsMs).anyMatch(ms -> ms <= ROWS_WITHIN_MS);
    }

    @Test
    void shouldKeepThePlaceOfWhoeverScrollsWhileOlderRowsAreDrawn() {
        Visitor reader = Visitor.register(BROWSER, Nodes.first(), "history-early");
        reader.join("history-room");
        Page page = reader.page();
        page.addInitScript(SCROLL_WHILE_DRAWING);
        page.reload();
        page.waitForFunction("() => window.moved !== null");
        assertThat(((Number) page.evaluate("window.moved")).doubleValue()).isBetween(-1.0, 1.0);
    }

    @Test
    void shouldScrollToTheFirstOfTenThousandMessagesWithoutAJumpAndWithFewRows() {
        Visitor reader = Visitor.register(BROWSER, Nodes.first(), "history-reader");
        reader.join("history-room");
        assertThat(reader.message("line " + (MESSAGES - 1))).isVisible();
        @SuppressWarnings("unchecked")
        Map<String, Number> noted = (Map<String, Number>) reader.page().evaluate(SCROLL_UP);
        assertThat(noted.get("rows").intValue()).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(noted.get("jump").doubleValue()).isLessThanOrEqualTo(1.0);
        assertThat(reader.page()
                        .getByText("line 0", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true)))
                .isVisible();
        reader.at("latest").click();
        assertThat(reader.message("line " + (MESSAGES - 1))).isVisible();
    }
}
