package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page by the keyboard alone: where the focus goes, and what the keys do. */
final class KeyboardBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int TABS = 4;
    /** A message has its text, its links, its thread and its tools. */
    private static final int MAX_STOPS_OF_ITEM = 8;

    private static final int MAX_STEPS_BACK = 3;

    private static KeyboardScene scene;

    @BeforeAll
    static void setTheScene() {
        scene = KeyboardScene.set("keyboard");
    }

    /** What opens by a button: the button, what it opens, and whether that keeps the focus inside. */
    private static final List<List<String>> OPENED = List.of(
            List.of("find", "find-dialog", "trap"),
            List.of("order", "popup-menu", "menu"),
            List.of("new-room", "room-dialog", "trap"),
            List.of("threads", "threads-dialog", "trap"),
            List.of("saved", "saved-dialog", "trap"),
            List.of("new-direct", "direct-dialog", "trap"),
            List.of("account", "account-dialog", "trap"),
            List.of("help", "shortcuts-dialog", "trap"),
            List.of("day", "date-dialog", "trap"),
            List.of("emoji", "emoji-picker", "trap"),
            List.of("pins", "pins-panel", "panel"),
            List.of("members", "members-panel", "panel"),
            List.of("settings", "settings-panel", "panel"),
            List.of("search", "search-panel", "panel"),
            List.of("thread-link", "thread-panel", "panel"));

    @Test
    void shouldKeepTheFocusInWhatIsOpenedAndGiveItBack() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions());
        Page page = alice.page();
        for (List<String> opened : OPENED) {
            Locator opener = alice.at(opened.get(0)).first();
            Locator place = alice.at(opened.get(1));
            opener.focus();
            page.keyboard().press("Enter");
            assertThat(place).isVisible();
            Locator inside = place.locator("xpath=ancestor-or-self::*[self::dialog or self::div][1]");
            page.waitForCondition(() -> (boolean) inside.evaluate("place => place.contains(document.activeElement)"));
            if (opened.get(2).equals("trap")) {
                assertTrap(page, opened.get(1));
            }
            page.keyboard().press("Escape");
            assertThat(place).hasCount(0);
            assertThat(opener).isFocused();
            opener.press("Enter");
            assertThat(place).isVisible();
            leaveByButton(alice, opened.get(2));
            assertThat(place).hasCount(0);
            assertThat(opener).isFocused();
        }
    }

    @Test
    void shouldLeaveTheFocusOnTheButtonThatIsReachedBeforeTheThreadIsLoaded() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions());
        List<Route> held = new ArrayList<>();
        alice.page().route("**/replies?**", held::add);
        alice.at("thread-link").first().press("Enter");
        alice.page().waitForCondition(() -> !held.isEmpty());
        alice.at("panel-close").focus();
        held.forEach(Route::resume);
        assertThat(alice.at("thread-draft")).isVisible();
        assertThat(alice.at("panel-close")).isFocused();
        alice.page().keyboard().press("Enter");
        assertThat(alice.at("thread-panel")).hasCount(0);
        assertThat(alice.at("thread-link").first()).isFocused();
    }

    /** Outside of the dialog only the browser itself has the focus. */
    private static void assertTrap(Page page, String name) {
        for (String key : List.of("Tab", "Shift+Tab")) {
            for (int i = 0; i < TABS; i++) {
                page.keyboard().press(key);
                assertThat((boolean) page.evaluate("() => document.activeElement === document.body"
                                + " || document.activeElement.closest('dialog') !== null"))
                        .as("%s after %s", name, key)
                        .isTrue();
            }
        }
    }

    private static void leaveByButton(Visitor alice, String kind) {
        switch (kind) {
            case "panel" -> alice.at("panel-close").press("Enter");
            case "menu" -> alice.page().keyboard().press("Tab");
            default -> {
                Locator close = alice.at("dialog-close");
                if (close.count() > 0) {
                    close.click();
                } else {
                    alice.page().mouse().click(1, 1);
                }
            }
        }
    }

    @Test
    void shouldGiveTheFocusBackToAMessageWhateverWasDoneWithIt() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions());
        Page page = alice.page();
        alice.say("To be deleted");
        Locator message = alice.message("To be deleted");
        Map<String, String> opened = Map.of(
                "t",
                "thread-panel",
                "Shift+F10",
                "popup-menu",
                "ContextMenu",
                "popup-menu",
                "+",
                "emoji-picker",
                "Delete",
                "confirm-dialog");
        for (Map.Entry<String, String> each : opened.entrySet()) {
            message.focus();
            page.keyboard().press(each.getKey());
            assertThat(alice.at(each.getValue())).isVisible();
            page.keyboard().press("Escape");
            assertThat(alice.at(each.getValue())).hasCount(0);
            assertThat(message).isFocused();
        }
        page.keyboard().press("Tab");
        page.keyboard().press("ArrowLeft");
        assertThat(message.getByTestId("more")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("End");
        assertThat(message.getByTestId("delete")).isFocused();
        page.keyboard().press("Enter");
        alice.at("confirm").press("Enter");
        Locator gone = alice.messages().last();
        assertThat(gone).containsText("This message was deleted");
        assertThat(gone).isFocused();
    }

    /** What shows a list, and the list. */
    private static final List<List<String>> LISTS = List.of(
            List.of("", ".talk .messages"),
            List.of("", ".own-lists"),
            List.of("thread-link", ".panel .messages"),
            List.of("pins", ".panel .panel-scroll"),
            List.of("search", ".panel .panel-scroll"),
            List.of("threads", "ul.threads"),
            List.of("saved", "ul.saved-list"),
            List.of("account", "ul.sessions"));

    @Test
    void shouldStopOnceInEachListByTheTabKeyAndGoThroughItByTheArrows() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions());
        scene.alice(BROWSER, new NewContextOptions());
        Page page = alice.page();
        for (List<String> shown : LISTS) {
            scene.begin(alice);
            if (!shown.get(0).isEmpty()) {
                alice.at(shown.get(0)).first().click();
            }
            if (shown.get(0).equals("search")) {
                alice.at("search-text").fill("lantern ");
                assertThat(alice.at("hit")).hasCount(3);
            } else if (shown.get(0).equals("account")) {
                alice.at("sessions-fold").click();
            }
            Locator list = page.locator(shown.get(1));
            Locator items = list.locator(
                    "css=" + String.valueOf(list.getAttribute("data-list")).replaceAll("[.]\\S+ > ", ""));
            page.waitForCondition(() -> items.count() > 1);
            assertOneTabStop(page, list);
        }
    }

    /** Goes to the second item, through it and out of the list, and comes back to it. */
    private static void assertOneTabStop(Page page, Locator list) {
        list.evaluate("list => { const item = list.querySelector(list.dataset.list);"
                + " (item.matches('button, [tabindex]') ? item : item.querySelector('button')).focus(); }");
        page.keyboard().press("ArrowDown");
        String second = item(list);
        assertThat(second).isNotEmpty();
        int stops = 0;
        while (!item(list).isEmpty()) {
            assertThat(item(list)).as("%s, stop %d", list, stops).isEqualTo(second);
            assertThat(stops++)
                    .as("%s, %s", list, page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
                    .isLessThan(MAX_STOPS_OF_ITEM);
            page.keyboard().press("Tab");
        }
        // At the end of the page the browser itself may have the focus in between.
        for (int i = 0; i < MAX_STEPS_BACK && item(list).isEmpty(); i++) {
            page.keyboard().press("Shift+Tab");
        }
        assertThat(item(list)).as("back in %s", list).isEqualTo(second);
        while (!item(list).isEmpty()) {
            assertThat(item(list)).isEqualTo(second);
            page.keyboard().press("Shift+Tab");
        }
    }

    /** The place in a list of the item that has the focus, empty when none has. */
    private static String item(Locator list) {
        return (String) list.evaluate("list => { const item = list.contains(document.activeElement)"
                + " && document.activeElement.closest(list.dataset.list);"
                + " return item ? String([...list.querySelectorAll(list.dataset.list)].indexOf(item)) : ''; }");
    }

    @Test
    void shouldSkipToThePartsOfThePage() {
        Visitor alice = scene.alice(BROWSER, new NewContextOptions());
        Page page = alice.page();
        alice.at("members").click();
        Map<String, String> parts = Map.of(
                "skip-rooms",
                ".room-list *",
                "skip-messages",
                ".messages article",
                "skip-field",
                "[data-testid=draft]",
                "skip-panel",
                ".panel *");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            assertThat(alice.at("skip")).not().isInViewport(new IsInViewportOptions().setRatio(0.5));
            alice.at("skip-rooms").focus();
            assertThat(alice.at(part.getKey())).isInViewport();
            alice.at(part.getKey()).press("Enter");
            assertThat(page.locator(part.getValue()).and(page.locator(":focus")))
                    .hasCount(1);
        }
    }

    @Test
    void shouldDoWhatTheHelpSaysAndSayAllThatTheKeysDo() {
        Visitor alice = scene.alice(
                BROWSER, new NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
        Page page = alice.page();
        Map<String, Shortcuts.Trial> trials = Shortcuts.trials(scene, alice);
        alice.at("help").click();
        assertThat(alice.at("shortcuts-dialog")).isVisible();
        @SuppressWarnings("unchecked")
        List<List<String>> keys = (List<List<String>>) page.locator(".shortcuts [data-press]")
                .evaluateAll("rows => rows.map(row => [row.closest('section').querySelector('h3').textContent"
                        + " + '/' + row.dataset.name, row.dataset.press])");
        assertThat(keys.stream().map(List::getFirst)).containsExactlyInAnyOrderElementsOf(trials.keySet());
        for (List<String> key : keys) {
            for (String press : key.get(1).split(" ", -1)) {
                Shortcuts.Trial trial = trials.get(key.getFirst());
                scene.begin(alice);
                trial.before().run();
                page.keyboard().press(press.replace("Mod+", "Control+"));
                trial.after().run();
            }
        }
    }
}
