package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages and drafts that outlive the tab in which they were written, and the session, but not the log-out. */
final class OutboxBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** A name of this machine that browsers do not trust: pages there have no Web Locks. */
    private static final String INSECURE = "outbox.test:";

    private static final String FAILING_STORAGE = "Object.defineProperty(globalThis, 'indexedDB', { get: () => { throw"
            + " new DOMException('blocked', 'SecurityError'); } });";
    private static final String FULL_STORAGE = "IDBObjectStore.prototype.put = function () { throw new"
            + " DOMException('full', 'QuotaExceededError'); };";
    private static final String SILENT_STORAGE = "IDBFactory.prototype.open = () => new EventTarget();";

    enum End {
        CLOSE,
        CRASH;

        void end(Page page) {
            if (this == CLOSE) {
                page.close();
            } else {
                try {
                    page.navigate("chrome://crash");
                } catch (RuntimeException expected) {
                    // The renderer is gone.
                }
            }
        }
    }

    private static Stream<Arguments> endings() {
        return Stream.of(address(), insecureAddress())
                .flatMap(address -> Stream.of(End.values()).map(end -> Arguments.of(address, end)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void shouldSendAtTheNextStartWhatWasWrittenOfflineInATabThatEnds(String address, End end) {
        String name = "start-%s-%s".formatted(end.name().toLowerCase(Locale.ROOT), address.charAt(0));
        Visitor alice = Visitor.register(BROWSER, address, name);
        alice.createRoom(name + "-room");
        Page page = alice.page();
        page.context().setOffline(true);
        List<String> said = List.of("one", "two", "three");
        said.forEach(alice::write);
        alice.at("draft").fill("half a sentence");
        awaitStored(page, 3, 1);
        end.end(page);
        Page other = page.context().newPage();
        page.context().setOffline(false);
        Visitor next = visit(other, address, name + "-room");
        assertThat(next.unsent()).hasCount(0);
        assertThat(texts(next)).hasText(new String[] {"one", "two", "three"});
        assertThat(next.at("draft")).hasValue("half a sentence");
        awaitStored(other, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void shouldTakeOverFromATabThatEnds(String address, End end) {
        String name = "over-%s-%s".formatted(end.name().toLowerCase(Locale.ROOT), address.charAt(0));
        Visitor alice = Visitor.register(BROWSER, address, name);
        alice.createRoom(name + "-room");
        Visitor other = alice.inAnotherTab(BROWSER);
        assertThat(other.at("draft")).isVisible();
        Page page = alice.page();
        page.context().setOffline(true);
        alice.write("one");
        alice.write("two");
        assertThat(other.messages()).hasCount(2);
        end.end(page);
        other.page().context().setOffline(false);
        other.noticeNetwork();
        assertThat(other.unsent()).hasCount(0);
        other.say("three");
        assertThat(texts(other)).hasText(new String[] {"one", "two", "three"});
        assertThat(stored(other, name + "-room")).containsExactly("one", "two", "three");
    }

    @Test
    void shouldShareDraftsOfTwoTabsWithoutTakingAwayWhatIsTyped() {
        Visitor one = Visitor.register(BROWSER, address(), "draft-alice");
        one.createRoom("draft-room");
        Visitor two = one.inAnotherTab(BROWSER);
        assertThat(two.at("draft")).isVisible();
        two.at("draft").blur();
        one.at("draft").fill("of the first");
        assertThat(two.at("draft")).hasValue("of the first");
        two.at("draft").fill("of the second");
        awaitDraft(one.page(), "draft-alice", "of the second");
        assertThat(one.at("draft")).hasValue("of the first");
        two.at("draft").blur();
        one.at("draft").press("Enter");
        assertThat(two.message("of the first")).isVisible();
        assertThat(two.at("draft")).hasValue("of the second");
        assertThat(one.at("draft")).hasValue("");
        one.at("draft").blur();
        assertThat(one.at("draft")).hasValue("of the second");
        two.at("draft").press("Enter");
        assertThat(one.at("draft")).hasValue("");
        assertThat(texts(one)).hasText(new String[] {"of the first", "of the second"});
    }

    @Test
    void shouldAskBeforeALogOutThatDeletesWhatIsNotSent() {
        Visitor alice = Visitor.register(BROWSER, address(), "asks-alice");
        alice.createRoom("asks-room");
        alice.page().context().setOffline(true);
        alice.write("not sent");
        alice.at("draft").fill("a draft");
        awaitStored(alice.page(), 1, 1);
        logOut(alice);
        assertThat(alice.at("confirm-dialog")).containsText("1 message that is not sent and 1 draft");
        alice.at("confirm-dialog").getByText("Cancel").click();
        assertThat(alice.unsent()).hasCount(1);
        alice.page().context().setOffline(false);
        alice.noticeNetwork();
        assertThat(alice.unsent()).hasCount(0);
        logOut(alice);
        assertThat(alice.at("confirm-dialog")).containsText("This browser keeps 1 draft.");
        alice.at("confirm").click();
        assertThat(alice.at("credentials")).isVisible();
        awaitStored(alice.page(), 0, 0);
    }

    @Test
    void shouldEndASessionLaterOfWhichItLoggedOutOffline() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, address(), "later-alice");
        Rest elsewhere = Rest.logIn(address(), "later-alice");
        assertThat(sessions(elsewhere)).isEqualTo(2);
        alice.page().context().setOffline(true);
        logOut(alice);
        assertThat(alice.at("door-notice")).containsText("The server could not be reached");
        assertThat(sessions(elsewhere)).isEqualTo(2);
        alice.page().context().setOffline(false);
        alice.noticeNetwork();
        assertThat(alice.at("door-notice")).containsText("The server has ended the session");
        assertThat(sessions(elsewhere)).isEqualTo(1);
        assertThat(alice.page().context().cookies("http://" + address() + "/api/v1/sessions"))
                .isEmpty();
    }

    @Test
    void shouldKeepForItsUserAloneWhatWasNotSentWhenTheSessionIsEndedElsewhere() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, address(), "ended-alice");
        Rest elsewhere = Rest.logIn(address(), "ended-alice");
        alice.createRoom("ended-room");
        alice.page().context().setOffline(true);
        alice.write("not sent");
        alice.at("draft").fill("a draft");
        awaitStored(alice.page(), 1, 1);
        elsewhere.send("DELETE", "/sessions", null);
        alice.page().context().setOffline(false);
        alice.noticeNetwork();
        assertThat(alice.at("door-notice")).containsText("You were logged out");
        assertThat(alice.at("door-notice")).containsText("kept in this browser");
        alice.at("other").click();
        alice.at("name").fill("bob");
        alice.enter("ended-bob", Rest.PASSWORD);
        alice.awaitConnected();
        alice.join("ended-room");
        assertThat(alice.messages()).hasCount(0);
        assertThat(alice.at("draft")).hasValue("");
        logOut(alice);
        assertThat(alice.at("credentials")).isVisible();
        alice.enter("ended-alice", Rest.PASSWORD);
        alice.awaitConnected();
        alice.lookAt("ended-room");
        assertThat(alice.message("not sent")).isVisible();
        assertThat(alice.unsent()).hasCount(0);
        assertThat(alice.at("draft")).hasValue("a draft");
    }

    private static Stream<String> failures() {
        return Stream.of(FAILING_STORAGE, FULL_STORAGE, SILENT_STORAGE);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldGoOnInMemoryAndSaySoWhenTheStorageFails(String failure) {
        String name = "fails-" + failure.hashCode();
        Visitor alice = Visitor.register(BROWSER, address(), name);
        alice.createRoom(name + "-room");
        alice.page().addInitScript(failure);
        alice.page().reload();
        alice.awaitConnected();
        assertThat(alice.at("draft")).isVisible();
        alice.at("draft").fill("sent all the same");
        assertThat(alice.at("unkept")).isVisible(new IsVisibleOptions().setTimeout(10_000));
        alice.at("draft").press("Enter");
        assertThat(alice.message("sent all the same")).isVisible();
        assertThat(alice.unsent()).hasCount(0);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void shouldKeepTheContractOfStoresInIndexedDb(String address) {
        Page page = BROWSER.open(address, new NewContextOptions());
        assertThat(page.evaluate("isSecureContext && 'locks' in navigator")).isEqualTo(address.equals(address()));
        page.route(
                "**/store-test/*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setPath(source(route.request().url().replaceFirst(".*/", "")))
                        .setContentType("text/javascript")));
        Object breaches = page.evaluate("() => Promise.all([import('/store-test/indexed-store.js'),"
                + " import('/store-test/store-contract.js')]).then(([{ IndexedStore }, { breaches }]) => breaches(() =>"
                + " new IndexedStore('test')))");
        assertThat((List<?>) breaches).isEmpty();
    }

    private static Stream<String> addresses() {
        return Stream.of(address(), insecureAddress());
    }

    private static Path source(String name) {
        Path library = Path.of("src/main/resources/web/parlance-client", name);
        return library.toFile().exists() ? library : Path.of("src/test/javascript", name);
    }

    private static String address() {
        return TestNode.address();
    }

    private static String insecureAddress() {
        return INSECURE + TestNode.shared().httpPort();
    }

    private static void logOut(Visitor visitor) {
        visitor.at("account").click();
        visitor.at("log-out").click();
    }

    private static Visitor visit(Page page, String address, String room) {
        page.navigate("http://" + address + "/#" + room);
        Visitor visitor = Visitor.of(page);
        visitor.awaitConnected();
        return visitor;
    }

    private static Locator texts(Visitor visitor) {
        return visitor.page().locator("main").getByTestId("text");
    }

    private static int sessions(Rest user) {
        return new JsonObject(user.get("/sessions").body())
                .getJsonArray("sessions")
                .size();
    }

    private static List<String> stored(Visitor visitor, String room) {
        JsonArray messages = new JsonObject(
                        visitor.rest().get("/rooms/%s/messages".formatted(room)).body())
                .getJsonArray("messages");
        return messages.stream()
                .map(message -> ((JsonObject) message).getString("text"))
                .toList();
    }

    /** Waits until the browser has so many requests and drafts. */
    private static void awaitStored(Page page, int requests, int drafts) {
        page.waitForFunction(
                "([requests, drafts]) => new Promise((done) => { const opening = indexedDB.open('parlance ' +"
                        + " location.origin); opening.onsuccess = () => { const reading ="
                        + " opening.result.transaction('items').objectStore('items').getAllKeys(); reading.onsuccess ="
                        + " () => { opening.result.close(); const count = (kind) => reading.result.filter((key) =>"
                        + " key.includes(kind)).length; done(count('/request/') === requests && count('draft/') ==="
                        + " drafts); }; }; })",
                List.of(requests, drafts));
    }

    private static void awaitDraft(Page page, String user, String text) {
        page.waitForFunction(
                "([user, text]) => new Promise((done) => { const opening = indexedDB.open('parlance ' +"
                    + " location.origin); opening.onsuccess = () => { const reading ="
                    + " opening.result.transaction('items').objectStore('items').getAll(IDBKeyRange.bound(`draft/${user}/`,"
                    + " `draft/${user}/~`)); reading.onsuccess = () => { opening.result.close();"
                    + " done(reading.result.includes(text)); }; }; })",
                List.of(user, text));
    }
}
