package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
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
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and drafts that outlive their tab and the session, but not the log-out. */
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

    private final FaultyProxy proxy =
            FaultyProxy.start(1, 0, List.of(TestNode.shared().httpPort()));

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private static Stream<Arguments> endings() {
        return Stream.of(true, false).flatMap(secure -> Stream.of(End.values()).map(end -> Arguments.of(secure, end)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void shouldSendMessagesOfAClosedOfflineTabAtTheNextStart(boolean secure, End end) {
        String name = name("start", secure, end);
        Visitor alice = inNewRoom(name, address(secure));
        Page page = alice.page();
        proxy.setRefusing(true);
        List.of("one", "two", "three").forEach(alice::write);
        alice.at("draft").fill("half a sentence");
        awaitStored(page, 3, "half a sentence");
        end.end(page);
        Page other = page.context().newPage();
        proxy.setRefusing(false);
        other.navigate("http://%s/#%s".formatted(address(secure), name));
        Visitor next = Visitor.of(other);
        next.awaitConnected();
        assertThat(texts(next)).hasText(new String[] {"one", "two", "three"});
        assertThat(next.unsent()).hasCount(0);
        assertThat(next.at("draft")).hasValue("half a sentence");
        awaitStored(other, 0, "half a sentence");
        assertThat(stored(name)).containsExactly("one", "two", "three");
    }

    @ParameterizedTest
    @MethodSource("endings")
    void shouldTakeOverFromATabThatEnds(boolean secure, End end) {
        String name = name("over", secure, end);
        Visitor alice = inNewRoom(name, address(secure));
        Visitor other = alice.inAnotherTab(BROWSER);
        assertThat(other.at("draft")).isVisible();
        proxy.setRefusing(true);
        alice.write("one");
        alice.write("two");
        assertThat(texts(other)).hasText(new String[] {"one", "two"});
        end.end(alice.page());
        proxy.setRefusing(false);
        other.noticeNetwork();
        assertThat(other.unsent()).hasCount(0);
        other.say("three");
        assertThat(texts(other)).hasText(new String[] {"one", "two", "three"});
        assertThat(stored(name)).containsExactly("one", "two", "three");
    }

    @Test
    void shouldShareDraftsOfTwoTabsWithoutReplacingAFocusedText() {
        Visitor one = Visitor.register(BROWSER, address(), "drafts-alice");
        one.createRoom("drafts-room");
        Visitor two = one.inAnotherTab(BROWSER);
        two.awaitField();
        two.at("draft").blur();
        one.at("draft").fill("of the first");
        assertThat(two.at("draft")).hasValue("of the first");
        two.at("draft").fill("of the second");
        awaitDraft(one.page(), "drafts-alice", "of the second");
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
    void shouldConfirmALogOutThatDeletesUnsentMessages() {
        Visitor alice = Visitor.register(BROWSER, proxy.address(), "asks-alice");
        alice.createRoom("asks-room");
        prepareLogOut(alice);
        proxy.setRefusing(true);
        alice.write("not sent");
        alice.at("draft").fill("a draft");
        awaitStored(alice.page(), 1, "a draft");
        logOut(alice);
        assertThat(alice.at("confirm-dialog")).containsText("1 message that is not sent and 1 draft");
        alice.at("confirm-dialog").getByText("Cancel").click();
        assertThat(alice.unsent()).hasCount(1);
        proxy.setRefusing(false);
        alice.noticeNetwork();
        assertThat(alice.unsent()).hasCount(0);
        logOut(alice);
        assertThat(alice.at("confirm-dialog")).containsText("This browser keeps 1 draft.");
        alice.at("confirm").click();
        assertThat(alice.at("credentials")).isVisible();
        awaitStored(alice.page(), 0);
    }

    @Test
    void shouldEndASessionLaterOfWhichItLoggedOutOffline() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, proxy.address(), "later-alice");
        Rest elsewhere = Rest.logIn(address(), "later-alice");
        assertThat(sessions(elsewhere)).isEqualTo(2);
        prepareLogOut(alice);
        proxy.setRefusing(true);
        logOut(alice);
        assertThat(alice.at("door-notice")).containsText("The server could not be reached");
        assertThat(sessions(elsewhere)).isEqualTo(2);
        proxy.setRefusing(false);
        alice.noticeNetwork();
        assertThat(alice.at("door-notice")).containsText("The server has ended the session");
        assertThat(sessions(elsewhere)).isEqualTo(1);
        assertThat(alice.page().context().cookies("http://" + proxy.address() + "/api/v1/sessions"))
                .isEmpty();
    }

    @Test
    void shouldKeepUnsentMessagesForTheirUserWhenTheSessionIsEndedElsewhere() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, proxy.address(), "ended-alice");
        Rest elsewhere = Rest.logIn(address(), "ended-alice");
        alice.createRoom("ended-room");
        proxy.setRefusing(true);
        assertThat(alice.at("state")).not().hasText("Connected");
        alice.write("not sent");
        alice.at("draft").fill("a draft");
        awaitStored(alice.page(), 1, "a draft");
        elsewhere.send("DELETE", "/sessions", null);
        // Until the node detects it, the page could connect once more and send.
        String token =
                (String) alice.page().evaluate("JSON.parse(localStorage.getItem('parlance.session')).accessToken");
        alice.page().waitForCondition(() -> isRefused(token));
        proxy.setRefusing(false);
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
        String name = "fails-" + Integer.toHexString(failure.hashCode());
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
    @ValueSource(booleans = {true, false})
    void shouldKeepTheContractOfStoresInIndexedDb(boolean secure) {
        Page page = BROWSER.open(address(secure), new NewContextOptions());
        assertThat(page.evaluate("isSecureContext && 'locks' in navigator")).isEqualTo(secure);
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

    private static Path source(String name) {
        Path library = Path.of("src/main/resources/web/parlance-client", name);
        return library.toFile().exists() ? library : Path.of("src/test/javascript", name);
    }

    private static String address() {
        return TestNode.address();
    }

    private String address(boolean secure) {
        return secure ? proxy.address() : INSECURE + proxy.port();
    }

    /** Loads the dialog, which the page does some seconds after its start. */
    private static void prepareLogOut(Visitor visitor) {
        visitor.at("account").click();
        visitor.at("dialog-close").click();
    }

    private static void logOut(Visitor visitor) {
        visitor.at("account").click();
        visitor.at("log-out").click();
    }

    private static Locator texts(Visitor visitor) {
        return visitor.page().locator("main").getByTestId("text");
    }

    private static int sessions(Rest user) {
        return new JsonObject(user.get("/sessions").body())
                .getJsonArray("sessions")
                .size();
    }

    /** Texts of a room, whose name is that of its owner too. */
    private static List<String> stored(String name) {
        JsonArray messages = new JsonObject(Rest.logIn(address(), name)
                        .get("/rooms/%s/messages".formatted(name))
                        .body())
                .getJsonArray("messages");
        return messages.stream()
                .map(message -> ((JsonObject) message).getString("text"))
                .toList();
    }

    /** A user at a new room; both have the name. */
    private static Visitor inNewRoom(String name, String address) {
        Visitor visitor = Visitor.registerAtTheDoor(BROWSER, address, name);
        Rest.logIn(address(), name).post("/rooms", Map.of("roomId", name));
        visitor.lookAt(name);
        assertThat(visitor.at("draft")).isVisible();
        return visitor;
    }

    private static String name(String test, boolean secure, End end) {
        return "%s-%s-%s"
                .formatted(test, secure ? "secure" : "plain", end.name().toLowerCase(Locale.ROOT));
    }

    /** Waits until the browser has so many requests, and these drafts. */
    private static void awaitStored(Page page, int requests, String... drafts) {
        page.waitForFunction("""
            ([requests, drafts]) => new Promise((done) => {
              const opening = indexedDB.open('parlance ' + location.origin);
              opening.onsuccess = () => {
                const reading = opening.result.transaction('items');
                const items = reading.objectStore('items');
                const [keys, values] = [items.getAllKeys(), items.getAll()];
                reading.oncomplete = () => {
                  opening.result.close();
                  const texts = values.result.filter((value, i) => keys.result[i].includes('draft/'));
                  const count = keys.result.filter((key) => key.includes('/request/')).length;
                  done(count === requests && JSON.stringify(texts) === JSON.stringify(drafts));
                };
              };
            })
            """, List.of(requests, List.of(drafts)));
    }

    /** True when the token is refused; a node learns of revoked sessions with its next poll of the store. */
    private static boolean isRefused(String token) {
        try {
            Socket.open("ws://" + address() + "/ws", Map.of("Authorization", "Bearer " + token))
                    .close();
            return false;
        } catch (CompletionException refused) {
            return true;
        }
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
