package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A user at the page, with the actions of users. */
final class Visitor {

    /** Messages that are not acknowledged. */
    private static final String UNSENT = ".message:is([data-state=waiting], [data-state=sending], [data-state=failed])";

    private static final int PATIENCE_MS = 10_000;
    private static final Duration SESSION = Duration.ofMinutes(10);

    private final Page page;

    private Visitor(Page page) {
        this.page = page;
        page.setDefaultTimeout(PATIENCE_MS);
    }

    /** A new user, logged in. */
    static Visitor register(Browser browser, String address, String user) {
        return register(browser, address, user, new NewContextOptions());
    }

    static Visitor register(Browser browser, String address, String user, NewContextOptions options) {
        return loggedIn(browser, address, user, Rest.logIn(address, user), options);
    }

    /** A user with a session, in the page's own storage. */
    static Visitor loggedIn(Browser browser, String address, String user, Rest session, NewContextOptions options) {
        String kept = new JsonObject()
                .put("userId", user)
                .put("accessToken", session.token())
                .put("expiresAt", Instant.now().plus(SESSION).toEpochMilli())
                .encode();
        JsonObject storage = new JsonObject()
                .put("origin", "http://" + address)
                .put(
                        "localStorage",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "parlance.session")
                                        .put("value", kept)));
        options.setStorageState(new JsonObject()
                .put("cookies", new JsonArray())
                .put("origins", new JsonArray().add(storage))
                .encode());
        Visitor visitor = atTheDoor(browser, address, options);
        visitor.awaitConnected();
        return visitor;
    }

    /** Registers at the sign-in form. */
    static Visitor registerAtTheDoor(Browser browser, String address, String user) {
        return registerAtTheDoor(browser, address, user, new NewContextOptions());
    }

    static Visitor registerAtTheDoor(Browser browser, String address, String user, NewContextOptions options) {
        Visitor visitor = atTheDoor(browser, address, options);
        visitor.at("other").click();
        visitor.at("name").fill(user);
        visitor.enter(user, Rest.PASSWORD);
        visitor.awaitConnected();
        return visitor;
    }

    static Visitor atTheDoor(Browser browser, String address, NewContextOptions options) {
        return new Visitor(browser.open(address, options.setReducedMotion(ReducedMotion.REDUCE)));
    }

    /** User at a page that is open already. */
    static Visitor of(Page page) {
        return new Visitor(page);
    }

    /** The same user in another tab. */
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

    /**
     * Emits the browser's event for a network that is back: the page's next attempt to connect is now, not some time
     * later.
     */
    void noticeNetwork() {
        page.evaluate("dispatchEvent(new Event('online'))");
    }

    void createRoom(String room) {
        createRoom(room, false);
    }

    void createRoom(String room, boolean isPrivate) {
        rest().post("/rooms", Map.of("roomId", room, "visibility", isPrivate ? "private" : "public"));
        lookAt(room);
        assertThat(at("room-title")).hasText(room);
        awaitField();
    }

    /**
     * Waits for the field of the open conversation. Without a touch screen it takes the focus a moment after it is drawn; a
     * focus that a test sets before that is lost.
     */
    void awaitField() {
        assertThat(at("draft")).isVisible();
        if (!isTouching()) {
            assertThat(at("draft")).isFocused();
        }
    }

    /** Joins a public room, and opens it. */
    void join(String room) {
        Object user = page.evaluate("JSON.parse(localStorage.getItem('parlance.session')).userId");
        rest().send("PUT", "/rooms/%s/members/%s".formatted(room, user), null);
        lookAt(room);
        awaitField();
    }

    /** Finds a public room, and joins it. */
    void findAndJoin(String room) {
        at("find").click();
        at("find-text").fill(room);
        at("found-" + room).click();
        at("join").click();
        assertThat(at("draft")).isVisible();
    }

    /** Opens a room of the user. */
    void open(String room) {
        at("room-" + room).click();
        assertThat(at("room-title")).hasText(room);
    }

    /**
     * Closes by Back what covers the page on a phone. Its entry of the history may be made after it is shown, when that of a
     * menu which led to it is gone.
     */
    void closeByBack() {
        page.waitForFunction("() => Boolean(history.state?.cover || history.state?.panel)");
        page.goBack();
    }

    /** Waits until the entry of what covered the page on a phone is gone: a browser goes back later than it is asked to. */
    void awaitUncovered() {
        page.waitForFunction("() => !history.state?.cover");
    }

    /** Follows a link to a room or message. */
    void lookAt(String place) {
        page.evaluate("place => { location.hash = place; }", place);
    }

    /** Sends a message, and waits until it is stored. */
    void say(String text) {
        write(text);
        assertThat(message(text)).hasCount(1);
        assertThat(unsent()).hasCount(0);
    }

    /** Sends a message that is shown in another form than typed. */
    void sayMarkdown(String text) {
        int before = messages().count();
        write(text);
        assertThat(messages()).hasCount(before + 1);
        assertThat(unsent()).hasCount(0);
    }

    /** Sends a message, without waiting. On a touch screen Enter adds a line. */
    void write(String text) {
        at("draft").fill(text);
        if (isTouching()) {
            at("send").click();
        } else {
            at("draft").press("Enter");
        }
    }

    private boolean isTouching() {
        return (boolean) page.evaluate("matchMedia('(hover: none) and (pointer: coarse)').matches");
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

    /** Uses an action of a message's toolbar. */
    void with(String message, String action) {
        message(message).hover();
        message(message).getByTestId(action).click();
    }

    /** Uses an action of a message's menu. */
    void withMenu(String message, String action) {
        with(message, "more");
        message(message).getByTestId(action).click();
    }

    /** REST client with the page's session. */
    private Rest rest() {
        return new Rest(page.url().replaceFirst("^http://([^/]+)/.*$", "$1"), (String)
                page.evaluate("JSON.parse(localStorage.getItem('parlance.session')).accessToken"));
    }
}
