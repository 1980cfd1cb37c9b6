package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.page.MainThread.Work;
import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One round of {@link PageBench}, on a processor that is slowed down: alice looks at one of many rooms, of which 170
 * messages and more are on the page. A row has the work of the main thread for one message or key, less what the page does
 * anyway.
 */
final class PageBenchRound {

    static final double SLOWDOWN = Integer.getInteger("page.slowdown", 4);
    static final String BARE_MESSAGE = "message, on a page that only parses it";
    static final String BARE_FRAME = "frame, of a page with one text that changes";

    private static final int ROWS = 170;
    private static final int POSTS = 40;
    private static final int KEYS = 40;
    private static final int KEY_MS = 120;
    private static final Duration SETTLE = Duration.ofMillis(500);
    private static final int[] OTHERS = IntStream.rangeClosed(1, 20).toArray();
    private static final int[] ALL = {0, 1, 0, 2, 0, 3, 0, 4};

    /** Notes the time from each key to the end of the next frame, and tasks that are longer than 50 ms. */
    private static final String WATCH = """
        () => {
          window.keyMs = [];
          window.longTaskMs = [];
          addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
            const drawn = new MessageChannel();
            drawn.port1.onmessage = () => window.keyMs.push(performance.now() - timeStamp);
            drawn.port2.postMessage(null);
          }), true);
          new PerformanceObserver((tasks) => tasks.getEntries().forEach(({ duration }) => window.longTaskMs.push(duration)))
            .observe({ type: 'longtask' });
        }
        """;

    private static final String LOAD_OLDER = """
        async (rows) => {
          const list = document.querySelector('[data-testid=messages]');
          while (list.querySelectorAll('article').length < rows) {
            list.scrollTop = 0;
            await new Promise((drawn) => setTimeout(drawn, 20));
          }
          list.scrollTop = list.scrollHeight;
          await new Promise((drawn) => setTimeout(drawn, 200));
        }
        """;

    /** A client without a page: what is left when nothing is drawn. */
    private static final String BARE_CLIENT = """
        ([token, rooms]) => new Promise((joined) => {
          const socket = new WebSocket(`ws://${location.host}/ws`, 'parlance.v1.json');
          let left = rooms.length;
          socket.onopen = () => socket.send(JSON.stringify({ type: 'auth', token, ref: '0' }));
          socket.onmessage = ({ data }) => {
            const frame = JSON.parse(data);
            if (frame.type === 'welcome') {
              rooms.forEach((room, i) => socket.send(JSON.stringify({ type: 'join', roomId: room, ref: `${i + 1}` })));
            } else if (frame.type === 'joined' && --left === 0) {
              joined();
            }
          };
        })
        """;

    /** A twentieth of a second between two changes, as between two messages. */
    private static final String CHANGE_A_TEXT = """
        async (count) => {
          const text = document.createElement('p');
          document.body.append(text);
          for (let i = 0; i < count; i++) {
            text.textContent = `changed ${i} times`;
            await new Promise((next) => setTimeout(next, 50));
          }
        }
        """;

    private final Browser browser;
    private final PageBenchRooms rooms;
    private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();

    PageBenchRound(Browser browser, PageBenchRooms rooms) {
        this.browser = browser;
        this.rooms = rooms;
    }

    Map<String, Map<String, Double>> measure() {
        measurePage();
        measureBarePage();
        return rows;
    }

    private void measurePage() {
        Rest alice = Rest.logIn(rooms.address(), rooms.alice());
        // Whoever has read a room looks at its end.
        rooms.readOpenRoom(alice);
        Visitor visitor = Visitor.loggedIn(browser, rooms.address(), rooms.alice(), alice, new NewContextOptions());
        visitor.open(rooms.id(0));
        assertThat(visitor.messages().first()).isVisible();
        Page page = visitor.page();
        page.evaluate(LOAD_OLDER, ROWS);
        page.evaluate(WATCH);
        Meter meter = new Meter(page);
        rows.put("message in another room", meter.cost(POSTS, () -> rooms.post(POSTS, OTHERS)));
        assertThat(visitor.at("room-" + rooms.id(1)).getByTestId("badge")).isVisible();
        AtomicReference<String> last = new AtomicReference<>();
        rows.put("message in the open room", meter.cost(POSTS, () -> last.set(rooms.post(POSTS, 0))));
        assertThat(visitor.messages().last()).containsText(number(last.get()));
        visitor.at("draft").focus();
        rows.put("key", typed(page, meter));
        visitor.at("draft").fill("");
        int posts = PageBenchRooms.POSTS_A_SECOND * KEYS * KEY_MS / 1_000;
        Thread others = Thread.ofVirtual().start(() -> rooms.post(posts, ALL));
        Map<String, Double> underLoad = typed(page, meter);
        underLoad.keySet().removeIf(name -> name.endsWith("task ms") || name.startsWith("of that"));
        rows.put("key, under 20 messages a second", underLoad);
        join(others);
        visitor.at("draft").fill("");
        page.context().close();
    }

    private static Map<String, Double> typed(Page page, Meter meter) {
        page.evaluate("() => { window.keyMs = []; window.longTaskMs = []; }");
        Map<String, Double> figures = new LinkedHashMap<>(meter.cost(KEYS, () -> {
            for (int i = 0; i < KEYS; i++) {
                page.keyboard().press(i % 6 == 5 ? "Space" : "a");
                page.waitForTimeout(KEY_MS);
            }
        }));
        List<Double> toFrameMs = numbers(page, "keyMs");
        List<Double> longTaskMs = numbers(page, "longTaskMs");
        figures.put("key to frame p50 ms", percentile(toFrameMs, 50));
        figures.put("key to frame p95 ms", percentile(toFrameMs, 95));
        figures.put("tasks over 50 ms", (double) longTaskMs.size());
        figures.put(
                "longest task ms",
                longTaskMs.stream().mapToDouble(ms -> ms).max().orElse(0));
        return figures;
    }

    private void measureBarePage() {
        Page page = browser.openBlank(new NewContextOptions().setBypassCSP(true));
        page.navigate("http://" + rooms.address() + "/api/v1/rooms");
        page.evaluate(
                BARE_CLIENT, List.of(Rest.logIn(rooms.address(), rooms.alice()).token(), rooms.ids()));
        Meter meter = new Meter(page);
        rows.put(BARE_MESSAGE, meter.cost(POSTS, () -> rooms.post(POSTS, OTHERS)));
        rows.put(BARE_FRAME, meter.cost(POSTS, () -> page.evaluate(CHANGE_A_TEXT, POSTS)));
        page.context().close();
    }

    /** The work of a page, of which that of an idle one is taken away. */
    private static final class Meter {

        private final MainThread thread;
        private final double idleTaskMsPerMs;

        Meter(Page page) {
            thread = MainThread.of(page, SLOWDOWN);
            pause();
            long beganNs = System.nanoTime();
            Work before = thread.soFar();
            IntStream.range(0, 4).forEach(i -> pause());
            idleTaskMsPerMs = thread.soFar().minus(before).taskMs() / sinceMs(beganNs);
        }

        Map<String, Double> cost(int count, Runnable act) {
            long beganNs = System.nanoTime();
            Work before = thread.soFar();
            act.run();
            pause();
            Work work = thread.soFar().minus(before);
            double idleMs = idleTaskMsPerMs * sinceMs(beganNs);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("task ms", Math.max(0, work.taskMs() - idleMs) / count);
            figures.put("of that script ms", work.scriptMs() / count);
            figures.put("of that layout ms", work.layoutMs() / count);
            return figures;
        }
    }

    private static List<Double> numbers(Page page, String name) {
        return ((List<?>) page.evaluate("() => window." + name))
                .stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private static double percentile(List<Double> all, int percent) {
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** The number at the end of a text, which Markdown leaves as it is. */
    private static String number(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    private static double sinceMs(long beganNs) {
        return (System.nanoTime() - beganNs) / 1e6;
    }

    private static void pause() {
        LockSupport.parkNanos(SETTLE.toNanos());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
