package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Live changes: others type and read, the connection drops and returns, nodes die. */
final class LiveBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** Time after which a silent server is given up, with the time until a request is in doubt. */
    private static final int PING_TIMEOUT_MS = 3_000;

    private static final int BACK_WITHIN_MS = 2_000;

    /** Time of the browser and the test themselves, on a busy machine. */
    private static final int BROWSER_MS = 1_000;

    @Test
    void shouldShowTypingUsersUntilTheirMessage() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "typing-alice");
        alice.createRoom("typing-room");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "typing-bob");
        bob.join("typing-room");
        bob.at("draft").pressSequentially("Let me th");
        assertThat(alice.at("typing")).hasText("typing-bob is typing …");
        bob.at("draft").press("Enter");
        assertThat(alice.at("typing")).hasText("");
    }

    @Test
    void shouldAgreeOverTwoTabsOnReadAndSentMessages() {
        Visitor one = Visitor.register(BROWSER, Nodes.first(), "tabs-alice");
        one.createRoom("tabs-attic");
        one.createRoom("tabs-porch");
        Visitor two = one.inAnotherTab(BROWSER);
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "tabs-bob");
        bob.join("tabs-attic");
        bob.say("over here");
        assertThat(one.at("room-tabs-attic").getByTestId("badge")).containsText("1");
        assertThat(two.at("room-tabs-attic").getByTestId("badge")).containsText("1");
        two.page().bringToFront();
        two.open("tabs-attic");
        assertThat(one.at("room-tabs-attic").getByTestId("badge")).hasCount(0);
        two.say("from the second tab");
        // A page behind another tab is drawn once a second.
        one.page().bringToFront();
        one.open("tabs-attic");
        assertThat(one.message("from the second tab")).isVisible();
        one.say("from the first tab");
        assertThat(two.message("from the first tab")).isVisible();
        assertThat(two.messages()).hasCount(3);
        one.at("account").click();
        one.at("log-out").click();
        assertThat(two.at("credentials")).isVisible();
    }

    @Test
    void shouldKeepOfflineMessagesAndSendThemOnce() {
        try (FaultyProxy proxy = proxy()) {
            Visitor alice = Visitor.register(BROWSER, proxy.address(), "offline-alice");
            alice.createRoom("offline-room");
            alice.say("before");
            proxy.setRefusing(true);
            assertThat(alice.at("connection")).containsText("What you write is kept");
            alice.write("while away");
            alice.write("and more");
            assertThat(alice.unsent()).hasCount(2);
            proxy.setRefusing(false);
            alice.noticeNetwork();
            assertThat(alice.unsent()).hasCount(0);
            assertThat(alice.at("connection")).hasText("");
            alice.say("after");
            assertThat(alice.at("text")).hasText(new String[] {"before", "while away", "and more", "after"});
        }
    }

    /** A browser reports the network; a frozen node is detected by its silence alone. */
    @Test
    void shouldSayWithinSecondsThatTheNetworkOrTheNodeIsGoneAndBeBackWithinTwoSecondsOfIt() {
        NodeProcess node = NodeProcess.start(TestNode.environment()).awaitReady();
        try (FaultyProxy proxy = FaultyProxy.start(2, 0, List.of(port(node)))) {
            Visitor alice = Visitor.register(BROWSER, proxy.address(), "honest-alice");
            alice.createRoom("honest-room");
            Locator state = alice.at("state");
            Runnable lost = () -> assertThat(state).not().hasText("Connected", within(PING_TIMEOUT_MS));
            Runnable back = () -> assertThat(state).hasText("Connected", within(BACK_WITHIN_MS));
            alice.page().context().setOffline(true);
            lost.run();
            assertThat(alice.at("connection")).containsText("Offline, next try in");
            alice.page().context().setOffline(false);
            back.run();
            node.signal("STOP");
            alice.noticeNetwork();
            lost.run();
            node.signal("CONT");
            back.run();
            node.signal("STOP");
            alice.write("Is anybody there?");
            lost.run();
            node.signal("CONT");
            back.run();
            assertThat(alice.unsent()).hasCount(0);
            proxy.setRefusing(true);
            assertThat(alice.at("connection")).containsText("Connecting, next try in");
            proxy.setRefusing(false);
            back.run();
        } finally {
            node.signal("CONT");
            node.close();
        }
    }

    @Test
    void shouldSendMessagesFromBeforeAReloadOnce() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "reload-alice");
        alice.createRoom("reload-room");
        alice.say("before");
        alice.page().evaluate("() => { WebSocket.prototype.send = function () { this.close(); } }");
        alice.write("while away");
        assertThat(alice.at("state")).not().hasText("Connected");
        alice.page().reload();
        assertThat(alice.at("text")).hasText(new String[] {"before", "while away"});
        assertThat(alice.unsent()).hasCount(0);
    }

    @Test
    void shouldOfferARetryOfARefusedMessage() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "refused-alice");
        alice.createRoom("refused-room");
        alice.write("&nbsp;");
        assertThat(alice.at("mark")).containsText("Not sent.");
        alice.at("retry").click();
        assertThat(alice.at("mark")).containsText("Not sent.");
        alice.at("discard").click();
        assertThat(alice.messages()).hasCount(0);
        alice.say("short");
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItsNodeIsKilledWhileOneWritesAndSends() {
        Map<String, String> environment = TestNode.environment();
        List<NodeProcess> nodes = new ArrayList<>(List.of(
                NodeProcess.start(environment).awaitReady(),
                NodeProcess.start(environment).awaitReady()));
        List<Integer> ports = nodes.stream().map(LiveBrowserIT::port).toList();
        List<String> written = new ArrayList<>();
        try (FaultyProxy proxy = FaultyProxy.start(7, 0, ports)) {
            Visitor alice = Visitor.register(BROWSER, proxy.address(), "killed-alice");
            alice.createRoom("killed-room");
            // One of the two is the page's node.
            for (int victim = 0; victim < 2; victim++) {
                write(alice, written, 5);
                nodes.get(victim).kill();
                nodes.get(victim).awaitEnd();
                write(alice, written, 5);
                alice.at("draft").fill("half a sentence");
                nodes.set(
                        victim,
                        NodeProcess.startAt(ports.get(victim), environment).awaitReady());
                alice.noticeNetwork();
                alice.awaitConnected();
                assertThat(alice.unsent()).hasCount(0);
                assertThat(alice.at("draft")).hasValue("half a sentence");
            }
            assertThat(alice.at("text")).hasText(written.toArray(String[]::new));
            Rest rest = Rest.logIn(nodes.getFirst().address(), "killed-alice");
            assertThat(texts(rest)).containsExactlyElementsOf(written);
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }

    @Test
    void shouldNotifyOfMessagesForTheUserWhenSwitchedOn() {
        Visitor alice = Visitor.register(
                BROWSER,
                Nodes.first(),
                "notify-alice",
                new NewContextOptions().setPermissions(List.of("notifications")));
        alice.createRoom("notify-attic");
        alice.createRoom("notify-porch");
        alice.page()
                .evaluate("() => { window.told = []; window.Notification = class extends EventTarget {"
                        + " static permission = 'granted'; static requestPermission = async () => 'granted';"
                        + " constructor(title, { body }) { super(); window.told.push(title + ': ' + body); } }; }");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "notify-bob");
        bob.join("notify-attic");
        bob.say("@notify-alice before you asked");
        assertThat(alice.at("room-notify-attic").getByTestId("badge")).isVisible();
        alice.at("account").click();
        alice.at("notify").check();
        alice.at("dialog-close").click();
        bob.say("not for anybody");
        bob.say("@notify-alice look");
        alice.page()
                .waitForCondition(() -> alice.page()
                        .evaluate("window.told.join()")
                        .equals("notify-bob in notify-attic: @notify-alice look"));
        assertThat(alice.page()).hasTitle("(2) notify-porch · Parlance");
        Rest rest = Rest.logIn(Nodes.second(), "notify-bob");
        edit(rest, "not for anybody", "this one is for @notify-alice");
        edit(rest, "@notify-alice look", "look, @notify-alice");
        bob.say("@notify-alice last");
        alice.page()
                .waitForCondition(() -> alice.page()
                        .evaluate("window.told.join('; ')")
                        .equals("notify-bob in notify-attic: @notify-alice look; "
                                + "notify-bob in notify-attic: this one is for @notify-alice; "
                                + "notify-bob in notify-attic: @notify-alice last"));
    }

    private static void edit(Rest rest, String before, String after) {
        String path = "/rooms/notify-attic/messages";
        JsonArray messages = new JsonObject(rest.get(path).body()).getJsonArray("messages");
        int seq = messages.stream()
                .map(JsonObject.class::cast)
                .filter(message -> before.equals(message.getString("text")))
                .findFirst()
                .orElseThrow()
                .getInteger("seq");
        String change = new JsonObject(Map.of("id", "edit-" + seq, "text", after)).encode();
        assertThat(rest.send("PATCH", path + "/" + seq, change).statusCode()).isEqualTo(200);
    }

    private static void write(Visitor visitor, List<String> written, int count) {
        IntStream.range(0, count).forEach(i -> {
            String text = "message " + written.size();
            written.add(text);
            visitor.write(text);
        });
    }

    private static List<String> texts(Rest rest) {
        JsonArray messages =
                new JsonObject(rest.get("/rooms/killed-room/messages").body()).getJsonArray("messages");
        return messages.stream()
                .map(message -> ((JsonObject) message).getString("text"))
                .toList();
    }

    private static FaultyProxy proxy() {
        return FaultyProxy.start(1, 0, List.of(TestNode.shared().httpPort()));
    }

    private static HasTextOptions within(int ms) {
        return new HasTextOptions().setTimeout(ms + BROWSER_MS);
    }

    private static int port(NodeProcess node) {
        return Integer.parseInt(node.address().substring(node.address().indexOf(':') + 1));
    }
}
