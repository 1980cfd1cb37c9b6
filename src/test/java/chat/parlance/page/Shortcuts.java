package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A trial of each key that the help of the page shows: what comes before the key is pressed, and what has to follow. */
final class Shortcuts {

    private static final HasCountOptions INDEXED = new HasCountOptions().setTimeout(30_000);

    /**
     * @param before leads to where the key acts
     * @param after checks what it has done
     */
    record Trial(Runnable before, Runnable after) {}

    private final KeyboardScene scene;
    private final Visitor alice;
    private final Page page;
    private final Map<String, Trial> trials = new LinkedHashMap<>();

    private Shortcuts(KeyboardScene scene, Visitor alice) {
        this.scene = scene;
        this.alice = alice;
        this.page = alice.page();
    }

    /** @return the trials by section of the help and name of the key */
    static Map<String, Trial> trials(KeyboardScene scene, Visitor alice) {
        Shortcuts shortcuts = new Shortcuts(scene, alice);
        shortcuts.anywhere();
        shortcuts.inTheListOfRooms();
        shortcuts.searching();
        shortcuts.writing();
        shortcuts.onAMessage();
        shortcuts.formatting();
        return shortcuts.trials;
    }

    private void anywhere() {
        add("Anywhere/find", () -> {}, shows("find-dialog"));
        add("Anywhere/search", () -> {}, shows("search-panel"));
        for (String room : new String[] {"next-room", "previous-room"}) {
            add(
                    "Anywhere/" + room,
                    () -> {},
                    () -> assertThat(alice.at("room-title")).not().hasText(scene.garden()));
        }
        for (String room : new String[] {"next-unread", "previous-unread"}) {
            add(
                    "Anywhere/" + room,
                    this::beCalled,
                    () -> assertThat(alice.at("room-title")).hasText(scene.attic()));
        }
        add("Anywhere/next-part", () -> {}, hasFocus(".room-list *"));
        add("Anywhere/previous-part", () -> {}, hasFocus(".messages article"));
        add(
                "Anywhere/close",
                () -> alice.at("pins").click(),
                () -> assertThat(alice.at("pins-panel")).hasCount(0));
        add("Anywhere/help", () -> {}, shows("shortcuts-dialog"));
        add("Anywhere/help-by-sign", this::atOwn, shows("shortcuts-dialog"));
    }

    private void beCalled() {
        scene.call();
        assertThat(alice.at("room-" + scene.attic()).getByTestId("badge")).isVisible();
    }

    private void inTheListOfRooms() {
        Runnable atGarden = () -> alice.at("room-" + scene.garden()).focus();
        for (String row : new String[] {"next", "previous"}) {
            add("In the list of rooms/" + row, atGarden, () -> {
                assertThat(alice.at("room-" + scene.garden())).not().isFocused();
                assertThat(page.locator(".room-list :focus")).hasCount(1);
            });
        }
        add(
                "In the list of rooms/first",
                atGarden,
                () -> assertThat(alice.at("fold-rooms")).isFocused());
        add(
                "In the list of rooms/last",
                atGarden,
                () -> assertThat(alice.at("new-direct")).isFocused());
        add("In the list of rooms/options", atGarden, shows("popup-menu"));
    }

    private void searching() {
        add("Searching/next", this::search, hasFocus("[data-testid=hit] .card-link"));
        add(
                "Searching/previous",
                () -> {
                    search();
                    page.keyboard().press("ArrowDown");
                },
                () -> assertThat(alice.at("search-text")).isFocused());
        add(
                "Searching/unfold",
                () -> {
                    search();
                    alice.at("search-text").fill("has:link ");
                    assertThat(alice.at("chip")).hasCount(1);
                },
                () -> assertThat(alice.at("search-text")).hasValue("has:link"));
    }

    private void search() {
        alice.at("search").click();
        alice.at("search-text").fill("lantern ");
        assertThat(alice.at("hit")).hasCount(3, INDEXED);
    }

    private void writing() {
        add(
                "Writing/send",
                () -> draft("by Enter"),
                () -> assertThat(alice.message("by Enter")).hasCount(1));
        add(
                "Writing/send-always",
                () -> draft("```\nby Ctrl+Enter"),
                () -> assertThat(alice.message("by Ctrl+Enter")).hasCount(1));
        add(
                "Writing/line",
                () -> draft("a line"),
                () -> assertThat(alice.at("draft")).hasValue("a line\n"));
        add("Writing/name", () -> {}, shows("completions"));
        add("Writing/emoji", () -> {}, () -> {
            page.keyboard().type("rock");
            assertThat(alice.at("completions")).isVisible();
        });
        add("Writing/command", () -> {}, shows("completions"));
        add(
                "Writing/edit-last",
                () -> {},
                () -> assertThat(alice.at("composer-context")).containsText("Editing"));
        add(
                "Writing/cancel",
                this::reply,
                () -> assertThat(alice.at("composer-context")).hasCount(0));
    }

    private void reply() {
        atOwn();
        page.keyboard().press("r");
        assertThat(alice.at("composer-context")).isVisible();
        assertThat(alice.at("draft")).isFocused();
    }

    private void onAMessage() {
        moves();
        add("On a message/menu", this::atOwn, shows("popup-menu"));
        add(
                "On a message/reply",
                this::atOwn,
                () -> assertThat(alice.at("composer-context")).containsText("Replying"));
        add("On a message/react", this::atOwn, shows("emoji-picker"));
        add("On a message/thread", this::atOwn, shows("thread-panel"));
        add(
                "On a message/edit",
                this::atOwn,
                () -> assertThat(alice.at("composer-context")).containsText("Editing"));
        add(
                "On a message/pin",
                this::atOwn,
                () -> assertThat(own().locator(".pinned")).hasCount(1));
        add("On a message/unread", () -> message("Lantern 0").focus(), shows("new-line"));
        add("On a message/save", this::atOwn, said("Saved."));
        add("On a message/copy", this::atOwn, said("The text is copied."));
        add("On a message/link", this::atOwn, said("The link is copied."));
        add("On a message/delete", this::atOwn, shows("confirm-dialog"));
    }

    private void moves() {
        Locator first = message("Lantern 0");
        Locator second = message("Lantern 1");
        add("On a message/next", first::focus, () -> assertThat(second).isFocused());
        add("On a message/previous", second::focus, () -> assertThat(first).isFocused());
        add(
                "On a message/inside",
                first::focus,
                () -> assertThat(first.locator("a")).isFocused());
        add(
                "On a message/back",
                () -> first.locator("a").focus(),
                () -> assertThat(first).isFocused());
        add("On a message/right", this::atTools, hasFocus(".tools button:nth-child(2)"));
        add("On a message/left", this::atTools, hasFocus(".tools [data-testid=more]"));
    }

    private void formatting() {
        for (String format :
                new String[] {"bold", "italic", "strike", "link", "code", "code-block", "quote", "list", "numbers"}) {
            add(
                    "Formatting/" + format,
                    () -> {
                        draft("word");
                        alice.at("draft").selectText();
                    },
                    () -> assertThat(alice.at("draft")).hasValue(Pattern.compile("^(?!word$)[^$]*word[^$]*$")));
        }
    }

    private void draft(String text) {
        alice.at("draft").fill(text);
    }

    private void atOwn() {
        own().focus();
    }

    private void atTools() {
        atOwn();
        page.keyboard().press("Tab");
        assertThat(page.locator(".tools button:first-child:focus")).hasCount(1);
    }

    private Locator own() {
        return message(KeyboardScene.OWN);
    }

    private Locator message(String text) {
        return alice.message(text).first();
    }

    private Runnable shows(String testId) {
        return () -> assertThat(alice.at(testId)).isVisible();
    }

    private Runnable said(String text) {
        return () -> assertThat(alice.at("toasts").getByText(text).first()).isVisible();
    }

    private Runnable hasFocus(String selector) {
        return () ->
                assertThat(page.locator(selector).and(page.locator(":focus"))).hasCount(1);
    }

    private void add(String name, Runnable before, Runnable after) {
        trials.put(name, new Trial(before, after));
    }
}
