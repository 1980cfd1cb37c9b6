package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page without a network: it opens, shows its copy and the copy's age, and continues when the network is back. */
final class OfflineBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** A name of this machine that browsers do not trust: pages there have no service worker. */
    private static final String INSECURE = "offline.test:";

    private static final String COPY = "parlance copy ";
    private static final String KEPT = "parlance ";

    private final FaultyProxy proxy =
            FaultyProxy.start(1, 0, List.of(TestNode.shared().httpPort()));

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void shouldOpenWithoutANetworkAndGoOnWithItWithoutAGap() {
        Visitor alice = inNewRoom("offline-open");
        alice.say("one");
        alice.say("two");
        awaitStored(alice.page(), COPY, "two");
        proxy.setRefusing(true);
        alice.write("unsent");
        alice.at("draft").fill("half a sentence");
        awaitStored(alice.page(), KEPT, "unsent");
        awaitStored(alice.page(), KEPT, "half a sentence");
        Visitor next = reopened(alice);
        assertThat(texts(next)).hasText(new String[] {"one", "two", "unsent"});
        assertThat(next.at("room-offline-open")).isVisible();
        assertThat(next.at("draft")).hasValue("half a sentence");
        assertThat(next.at("state")).not().hasText("Connected");
        assertThat(next.at("as-of")).containsText("This is how it was");
        Look.everywhere(next.page(), "offline-kept");
        next.at("help").click();
        assertThat(next.at("shortcuts-dialog")).isVisible();
        next.page().keyboard().press("Escape");
        next.at("emoji").click();
        assertThat(next.at("emoji-picker").locator("button.emoji").first()).isVisible();
        next.page().keyboard().press("Escape");
        Rest bob = Rest.logIn(TestNode.address(), "offline-bob");
        bob.send("PUT", "/rooms/offline-open/members/offline-bob", null);
        bob.post("/rooms/offline-open/messages", Map.of("id", "offline-1", "text", "meanwhile"));
        proxy.setRefusing(false);
        next.noticeNetwork();
        next.awaitConnected();
        assertThat(texts(next)).hasText(new String[] {"one", "two", "meanwhile", "unsent"});
        assertThat(next.unsent()).hasCount(0);
        assertThat(next.at("as-of")).hasCount(0);
        assertThat(next.at("draft")).hasValue("half a sentence");
        JsonArray stored =
                new JsonObject(bob.get("/rooms/offline-open/messages").body()).getJsonArray("messages");
        assertThat(stored.stream().map(message -> ((JsonObject) message).getString("text")))
                .containsExactly("one", "two", "meanwhile", "unsent");
    }

    @Test
    void shouldKeepNoAnswerOfTheServerAmongTheFiles() {
        Visitor alice = inNewRoom("offline-files");
        alice.say("nobody keeps this");
        Object paths = alice.page()
                .evaluate("async () => { const paths = []; for (const name of await caches.keys()) { for (const { url }"
                        + " of await (await caches.open(name)).keys()) { paths.push(new URL(url).pathname); } } return"
                        + " paths.join(' '); }");
        assertThat(String.valueOf(paths).split(" "))
                .hasSizeGreaterThan(15)
                .contains("/", "/highlighter.js", "/mark.svg")
                .noneMatch(path -> path.startsWith("/api") || path.startsWith("/ws"));
    }

    @Test
    void shouldDeleteTheCopyWithTheSessionButNotUnsentMessages() {
        Visitor alice = inNewRoom("offline-ended");
        Rest elsewhere = Rest.logIn(TestNode.address(), "offline-ended");
        alice.say("secret");
        alice.at("draft").fill("half a sentence");
        awaitStored(alice.page(), COPY, "secret");
        awaitStored(alice.page(), KEPT, "half a sentence");
        elsewhere.send("DELETE", "/sessions", null);
        assertThat(alice.at("door-notice")).containsText("You were logged out");
        awaitNotStored(alice.page(), COPY, "secret");
        awaitStored(alice.page(), KEPT, "half a sentence");
        alice.enter("offline-ended", Rest.PASSWORD);
        alice.awaitConnected();
        alice.lookAt("offline-ended");
        assertThat(alice.message("secret")).isVisible();
        awaitStored(alice.page(), COPY, "secret");
        alice.at("draft").fill("");
        alice.at("account").click();
        alice.at("log-out").click();
        assertThat(alice.at("credentials")).isVisible();
        awaitNotStored(alice.page(), COPY, "secret");
        proxy.setRefusing(true);
        Visitor next = reopened(alice);
        assertThat(next.at("credentials")).isVisible();
        assertThat(next.page().locator("body")).not().containsText("secret");
    }

    @Test
    void shouldWorkAsBeforeWhereTheContextIsNotSecure() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, INSECURE + proxy.port(), "offline-plain", withWorkers());
        Rest.logIn(TestNode.address(), "offline-plain").post("/rooms", Map.of("roomId", "offline-plain"));
        alice.lookAt("offline-plain");
        alice.say("as before");
        assertThat((Boolean) alice.page().evaluate("isSecureContext || 'serviceWorker' in navigator"))
                .isFalse();
        awaitStored(alice.page(), COPY, "as before");
        proxy.setRefusing(true);
        assertThat(alice.at("state")).not().hasText("Connected");
        assertThat(alice.message("as before")).isVisible();
    }

    @Test
    void shouldWorkFromMemoryWhereTheBrowserBlocksStorageAndWorkers() {
        Visitor alice = Visitor.atTheDoor(BROWSER, proxy.address(), withWorkers());
        alice.page()
                .addInitScript(FailuresBrowserIT.STORAGES.get("blocked")
                        + "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => { throw new"
                        + " DOMException('blocked', 'SecurityError'); } });");
        alice.page().reload();
        Rest.logIn(TestNode.address(), "offline-blocked").post("/rooms", Map.of("roomId", "offline-blocked"));
        alice.enter("offline-blocked", Rest.PASSWORD);
        alice.awaitConnected();
        alice.lookAt("offline-blocked");
        alice.say("from memory");
    }

    static NewContextOptions withWorkers() {
        return new NewContextOptions().setServiceWorkers(ServiceWorkerPolicy.ALLOW);
    }

    /** Waits until the worker has all files and answers this page's requests. */
    static void awaitWorker(Page page) {
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
    }

    /** A user at a new room, behind the proxy, with an installed worker; both have the name. */
    private Visitor inNewRoom(String name) {
        Visitor visitor = Visitor.registerAtTheDoor(BROWSER, proxy.address(), name, withWorkers());
        visitor.createRoom(name);
        awaitWorker(visitor.page());
        // Loaded by now, so that it needs no network.
        visitor.at("account").click();
        visitor.at("dialog-close").click();
        return visitor;
    }

    /** Closes the tab, and opens another one at the same place. */
    private static Visitor reopened(Visitor visitor) {
        BrowserContext context = visitor.page().context();
        String url = visitor.page().url();
        Page next = context.newPage();
        visitor.page().close();
        next.navigate(url);
        return Visitor.of(next);
    }

    private static Locator texts(Visitor visitor) {
        return visitor.page().locator("main").getByTestId("text");
    }

    private static void awaitStored(Page page, String database, String text) {
        page.waitForFunction(stores(true), List.of(database, text));
    }

    private static void awaitNotStored(Page page, String database, String text) {
        page.waitForFunction(stores(false), List.of(database, text));
    }

    private static String stores(boolean expected) {
        return "([database, text]) => new Promise((done) => { const opening = indexedDB.open(database +"
                + " location.origin); opening.onsuccess = () => { const reading ="
                + " opening.result.transaction('items').objectStore('items').getAll(); reading.onsuccess = () => {"
                + " opening.result.close(); done(JSON.stringify(reading.result).includes(text) === " + expected
                + "); }; }; })";
    }
}
