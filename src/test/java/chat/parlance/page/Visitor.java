package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;

/** A person at the page, and what people do there. */
final class Visitor {

    /** Messages that are not known to be stored. */
    private static final String UNSENT = ".message:is([data-state=waiting], [data-state=sending], [data-state=failed])";

    private static final int PATIENCE_MS = 10_000;

    private final Page page;

    private Visitor(Page page) {
        this.page = page;
        page.setDefaultTimeout(PATIENCE_MS);
    }

    /** Makes an account at the door. */
    static Visitor register(Browser browser, String address, String user) {
        return register(browser, address, user, new NewContextOptions());
    }

    static Visitor register(Browser browser, String address, String user, NewContextOptions options) {
        Visitor visitor = atTheDoor(browser, address, options);
        visitor.at("other").click();
        visitor.at("name").fill(user);
        visitor.enter(user, Rest.PASSWORD);
        visitor.awaitConnected();
        return visitor;
    }

    static Visitor atTheDoor(Browser browser, String address, NewContextOptions options) {
        return new Visitor(browser.open(address, options));
    }

    /** The same person in another tab. */
    Visitor inAnotherTab(Browser browser) {
        Visitor tab = new Visitor(browser.openTab(page));
        tab.awaitConnected();
        return tab;
    }

    Page page() {
        return page;
    }

    Locator at(String testId) {
        return page.getByTestId(testId);
    }

    void enter(String user, String password) {
        at("user-id").fill(user);
        at("password").fill(password);
        at("enter").click();
    }

    void awaitConnected() {
        assertThat(at("state")).hasText("Connected");
    }

    void createRoom(String room) {
        createRoom(room, false);
    }

    void createRoom(String room, boolean isPrivate) {
        at("new-room").click();
        at("room-name").fill(room);
        if (isPrivate) {
            at("room-private").check();
        }
        at("room-create").click();
        assertThat(at("room-title")).hasText(room);
    }

    /** Finds a room that is open to everybody, and joins it. */
    void join(String room) {
        at("find").click();
        at("find-text").fill(room);
        at("found-" + room).click();
        at("join").click();
        assertThat(at("draft")).isVisible();
    }

    /** Opens a room of one's own. */
    void open(String room) {
        at("room-" + room).click();
        assertThat(at("room-title")).hasText(room);
    }

    /** Says something, and waits until it is stored. */
    void say(String text) {
        write(text);
        assertThat(message(text)).hasCount(1);
        assertThat(unsent()).hasCount(0);
    }

    /** Says something that is not shown as it is written. */
    void sayMarkdown(String text) {
        int before = messages().count();
        write(text);
        assertThat(messages()).hasCount(before + 1);
        assertThat(unsent()).hasCount(0);
    }

    /** Says something, whatever becomes of it. */
    void write(String text) {
        at("draft").fill(text);
        at("draft").press("Enter");
    }

    Locator messages() {
        return page.locator("main").getByTestId("message");
    }

    Locator unsent() {
        return page.locator(UNSENT);
    }

    Locator message(String text) {
        return messages()
                .filter(new FilterOptions()
                        .setHas(page.getByTestId("text").filter(new FilterOptions().setHasText(text))));
    }

    /** Does something with a message by its toolbar. */
    void with(String message, String action) {
        message(message).hover();
        message(message).getByTestId(action).click();
    }

    /** Does something with a message by its menu. */
    void withMenu(String message, String action) {
        with(message, "more");
        message(message).getByTestId(action).click();
    }
}
