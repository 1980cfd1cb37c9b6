package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages on the screen: their places, their stability, their contents and their actions. */
final class MessageLookBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final double MOST_SHIFT = 0.02;

    /** Sums up the layout shifts of the page (Layout Instability), also within half a second of a key. */
    private static final String WATCH_SHIFTS = """
        () => {
          window.shifts = [];
          window.shiftObserver = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
          window.shiftObserver.observe({ type: 'layout-shift' });
        }
        """;

    private static final String SHIFT = """
        () => {
          window.shifts.push(...window.shiftObserver.takeRecords());
          return window.shifts.reduce((sum, { value }) => sum + value, 0);
        }
        """;

    /**
     * Holds frames back on their way to the server. {@code window.release} lets one go: the first that is held, or else the next
     * one, for the page shows a request before it sends it.
     */
    private static final String HOLD_FRAMES = """
        () => {
          const held = [];
          let released = 0;
          const send = WebSocket.prototype.send;
          WebSocket.prototype.send = function (data) {
            const isHeld = String(data).includes('"post"') || String(data).includes('"edit"');
            if (isHeld && released === 0) {
              held.push(() => send.call(this, data));
            } else {
              released -= isHeld ? 1 : 0;
              send.call(this, data);
            }
          };
          window.release = () => held.length > 0 ? held.shift()() : void (released += 1);
        }
        """;

    private static final String COLOR = "(row) => getComputedStyle(row).color";

    private static final String BOX =
            "(row) => { const { top, height } = row.getBoundingClientRect(); return top + ' ' + height; }";

    @Test
    void shouldDrawATextThatIsNotStoredInTheColorOfTheTheme() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "color-alice");
        alice.createRoom("color-room");
        alice.page().evaluate(HOLD_FRAMES);
        alice.write("waiting in two colors");
        Locator row = alice.message("waiting in two colors");
        Locator text = row.getByTestId("text");
        assertThat(text).hasCSS("opacity", "0.7");
        String before = String.valueOf(row.evaluate(COLOR));
        alice.at("theme").click();
        assertThat(row).not().hasCSS("color", before);
        assertThat(text).hasCSS("color", String.valueOf(row.evaluate(COLOR)));
        alice.page().evaluate("release()");
        assertThat(text).hasCSS("opacity", "1");
    }

    @Test
    void shouldMoveNothingWhenAMessageIsStoredEditedAndReactedTo() {
        Rest writer = Rest.logIn(Nodes.second(), "still-writer");
        writer.post("/rooms", Map.of("roomId", "still-room"));
        for (int i = 0; i < 30; i++) {
            writer.post("/rooms/still-room/messages", Map.of("id", "still-" + i, "text", "line " + i));
        }
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "still-alice");
        alice.join("still-room");
        assertThat(alice.page().locator(".notice").last()).hasText("still-alice joined");
        Page page = alice.page();
        page.evaluate(WATCH_SHIFTS);
        page.evaluate(HOLD_FRAMES);
        for (String text : List.of("first, to @still-writer and @nobody", "second, which follows")) {
            alice.write(text);
            Locator row = alice.message(text);
            assertThat(row).hasAttribute("data-state", "sending");
            String before = String.valueOf(row.evaluate(BOX));
            page.evaluate("release()");
            assertThat(alice.unsent()).hasCount(0);
            assertThat(row).hasAttribute("data-seq", java.util.regex.Pattern.compile("[0-9]+"));
            assertThat(row.evaluate(BOX)).isEqualTo(before);
        }
        assertThat(page.locator(".mention")).hasText(new String[] {"@still-writer"});
        alice.at("draft").press("ArrowUp");
        alice.write("second, which was edited");
        Locator row = alice.message("second, which was edited");
        assertThat(row.locator(".edited")).hasText("edited");
        String before = String.valueOf(row.evaluate(BOX));
        page.evaluate("release()");
        assertThat(row.getByTestId("progress")).hasCount(0);
        assertThat(row.evaluate(BOX)).isEqualTo(before);
        assertThat((Boolean) row.evaluate("(row) => { const text = row.querySelector('.text').getBoundingClientRect();"
                        + " const note = row.querySelector('.edited').getBoundingClientRect();"
                        + " return note.left > text.left && note.bottom <= text.bottom + 1; }"))
                .as("the note is in the line of the text")
                .isTrue();
        String seq = row.getAttribute("data-seq");
        writer.send("PUT", "/rooms/still-room/messages/%s/reactions/%%F0%%9F%%9A%%80".formatted(seq), null);
        assertThat(row.getByTestId("reaction")).hasText("🚀1");
        page.evaluate("() => { WebSocket.prototype.send = function () { this.close(); } }");
        alice.write("third, without a connection");
        assertThat(alice.at("connection")).containsText("What you write is kept");
        assertThat(((Number) page.evaluate(SHIFT)).doubleValue()).isLessThanOrEqualTo(MOST_SHIFT);
    }

    @Test
    void shouldSayOnlyAfterASecondThatAMessageIsOnItsWay() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "late-alice");
        alice.createRoom("late-room");
        Page page = alice.page();
        page.evaluate(HOLD_FRAMES);
        page.evaluate("() => { window.seen = null; const look = () => { const sign ="
                + " document.querySelector('[data-testid=progress]'); if (sign) { window.since ??= performance.now();"
                + " if (getComputedStyle(sign).visibility === 'visible') { window.seen = performance.now() -"
                + " window.since; return; } } requestAnimationFrame(look); }; look(); }");
        alice.write("slow");
        assertThat(alice.at("progress")).containsText("Sending");
        page.waitForCondition(() -> (Boolean) page.evaluate("window.seen !== null"));
        assertThat(((Number) page.evaluate("window.seen")).doubleValue()).isBetween(900.0, 9_000.0);
        page.evaluate("release()");
        assertThat(alice.at("progress")).hasCount(0);
    }

    @Test
    void shouldPutFewMessagesOnTheComposerWithOneRightMargin() {
        Visitor alice = Visitor.register(
                BROWSER, Nodes.first(), "few-alice", new NewContextOptions().setViewportSize(1800, 900));
        alice.createRoom("few-room");
        alice.say("the only one");
        alice.sayMarkdown("a long one ".repeat(60) + "\n\n```\ncode\n```");
        JsonObject edges = new JsonObject((String) alice.page().evaluate("""
            () => {
              const box = (selector) => document.querySelector(selector).getBoundingClientRect();
              const last = [...document.querySelectorAll('main .message')].at(-1);
              return JSON.stringify({
                gap: box('.composer').top - last.getBoundingClientRect().bottom,
                above: box('.beginning').top - box('.messages').top,
                texts: last.querySelector('.text').getBoundingClientRect().right,
                code: last.querySelector('pre').getBoundingClientRect().right,
                day: box('.day').right,
                composer: box('.composer-field').right,
              });
            }
            """));
        assertThat(edges.getDouble("gap")).isBetween(0.0, 40.0);
        assertThat(edges.getDouble("above")).isGreaterThan(200.0);
        for (String edge : List.of("code", "day", "composer")) {
            assertThat(edges.getDouble(edge)).as(edge).isEqualTo(edges.getDouble("texts"));
        }
    }

    /** Head, messages, line between them and field of the panel begin and end with each other. */
    @Test
    void shouldKeepTheMarginsOfAPanelAndTheColourOfOnesOwn() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "margin-alice");
        alice.createRoom("margin-room");
        alice.sayMarkdown("[a link](https://example.org) and\n\n```\n" + "code ".repeat(40) + "\n```");
        alice.messages().focus();
        alice.page().keyboard().press("t");
        alice.at("thread-draft").fill("an answer");
        alice.at("thread-draft").press("Enter");
        assertThat(alice.at("follow-thread")).hasAttribute("aria-pressed", "true");
        JsonObject edges = new JsonObject((String) alice.page().evaluate("""
            () => {
              const box = (selector) => document.querySelector(`.panel ${selector}`).getBoundingClientRect();
              const colour = (selector) => getComputedStyle(document.querySelector(`.panel ${selector}`)).color;
              return JSON.stringify({
                begin: [box('.avatar'), box('.composer-field'), box('.replies span'), box('.panel-head h2')].map(({ left }) => left),
                end: [box('pre'), box('.composer-field'), box('.panel-head .icon')].map(({ right }) => right),
                link: colour('.text a'),
                own: colour('[data-testid=follow-thread]'),
              });
            }
            """));
        for (String edge : List.of("begin", "end")) {
            assertThat(edges.getJsonArray(edge).stream().distinct()).as(edge).hasSize(1);
        }
        assertThat(edges.getString("own")).isNotEqualTo(edges.getString("link"));
    }

    @Test
    void shouldColourCodeInAWorkerAndCopyIt() {
        NewContextOptions options =
                new NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "code-alice", options);
        alice.createRoom("code-room");
        Page page = alice.page();
        alice.sayMarkdown("```\nwithout = a language\n```");
        assertThat(alice.at("copy-code")).hasCount(1);
        assertThat(page.workers()).isEmpty();
        alice.sayMarkdown("Look:\n\n```js\nconst answer = '42'; // of all\n```");
        Locator code = alice.at("text").last().locator("code");
        assertThat(code.locator(".code-keyword")).hasText("const");
        assertThat(code.locator(".code-comment")).hasText("// of all");
        assertThat(code).hasText("const answer = '42'; // of all");
        assertThat(page.workers()).hasSize(1);
        alice.at("copy-code").last().focus();
        page.keyboard().press("Enter");
        assertThat(alice.at("copy-code").last()).hasAttribute("data-sign", "Copied");
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("const answer = '42'; // of all");
        assertThat(alice.at("copy-code").last()).hasAttribute("data-sign", "Copy");
        // A text for which the library needs seconds is left plain, and later ones are highlighted.
        alice.sayMarkdown("```markdown\n" + "[a](".repeat(2_040) + "\n```");
        alice.sayMarkdown("```diff\n- one\n+ two\n```");
        assertThat(alice.at("text").last().locator(".code-added")).hasText("+ two");
        assertThat(alice.at("text").nth(2).locator("code span")).hasCount(0);
        page.reload();
        assertThat(alice.at("text").nth(1).locator(".code-keyword")).hasText("const");
    }

    @Test
    void shouldFoldALongTextAndShowAllOfItByTheKeyboard() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "fold-alice");
        alice.createRoom("fold-room");
        alice.sayMarkdown("line\n".repeat(20));
        assertThat(alice.at("show-all")).isHidden();
        alice.sayMarkdown("line\n".repeat(60) + "the end");
        Locator text = alice.at("text").last();
        Locator button = alice.at("show-all").last();
        assertThat(button).isVisible();
        assertThat(button).isInViewport();
        int folded = heightOf(text);
        assertThat(folded).isLessThan(400);
        button.focus();
        alice.page().keyboard().press("Enter");
        assertThat(button).hasText("Show less");
        assertThat(button).isFocused();
        assertThat(button).hasAttribute("aria-expanded", "true");
        assertThat(heightOf(text)).isGreaterThan(60 * 20);
        alice.page().keyboard().press("Enter");
        assertThat(button).hasText("Show all");
        assertThat(heightOf(text)).isEqualTo(folded);
    }

    @Test
    void shouldShowToastsOverNoFieldAndUsableOverADialog() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "toast-alice");
        alice.createRoom("toast-room");
        alice.say("one");
        Page page = alice.page();
        alice.withMenu("one", "copy-link");
        Locator toast = page.locator(".toast");
        assertThat(toast).isVisible();
        assertThat(toast.boundingBox().y + toast.boundingBox().height)
                .isLessThan(alice.at("composer").boundingBox().y);
        alice.at("account").click();
        alice.at("account-dialog").waitFor();
        toast.getByLabel("Dismiss").click();
        assertThat(toast).hasCount(0);
        alice.at("dialog-close").click();
        assertThat(alice.at("account-dialog")).hasCount(0);
        alice.withMenu("one", "copy-link");
        assertThat(toast).isVisible();
        toast.getByLabel("Dismiss").click();
        assertThat(toast).hasCount(0);
    }

    private static int heightOf(Locator element) {
        return (int) element.boundingBox().height;
    }
}
