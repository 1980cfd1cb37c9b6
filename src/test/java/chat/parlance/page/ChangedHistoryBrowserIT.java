package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Locator;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page while the database of its node is replaced by a backup, and other messages get the seqs of the lost ones.
 */
final class ChangedHistoryBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String ROOM = "restored";
    private static final int LINES = 150;

    private final int port = Ports.free();

    @TempDir
    private Path folder;

    private NodeProcess node;
    private Rest bob;

    @BeforeEach
    void start() {
        node = startNode();
        bob = Rest.logIn(node.address(), "restored-bob");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldBecomeEqualToTheRestoredDatabaseAndRefuseAnEditOfAReplacedMessage() {
        Visitor alice = Visitor.register(BROWSER, node.address(), "restored-alice");
        alice.createRoom(ROOM);
        bob.send("PUT", "/rooms/" + ROOM + "/members/restored-bob", null);
        alice.say("kept");
        long kept = say("kept by bob");
        backUp(alice);
        alice.say("lost one");
        alice.say("lost two");
        say("lost thread root");
        alice.withMenu("lost thread root", "open-thread");
        alice.at("thread-draft").fill("half an answer");
        alice.withMenu("lost one", "edit");
        alice.at("draft").fill("lost one, mended");
        restore();
        say("other one");
        say("other two");
        say("other three");
        bob.send("PUT", "/rooms/%s/pins/%d".formatted(ROOM, kept), null);
        comeBack(alice);
        assertThat(texts(alice)).hasText(new String[] {"kept", "kept by bob", "other one", "other two", "other three"});
        assertThat(alice.at("thread-panel")).hasCount(0);
        alice.at("draft").press("Enter");
        assertThat(alice.at("toasts"))
                .containsText(
                        "The room’s history has changed. Your edit was not applied, its text is kept as a draft.");
        assertThat(alice.at("draft")).hasValue("lost one, mended\n\nhalf an answer");
        assertThat(texts(alice)).hasText(new String[] {"kept", "kept by bob", "other one", "other two", "other three"});
        alice.say("and on");
        alice.page().reload();
        assertThat(texts(alice))
                .hasText(new String[] {"kept", "kept by bob", "other one", "other two", "other three", "and on"});
    }

    @Test
    void shouldKeepTheDraftAndThePlaceWhenTheMessagesThereAreUnchanged() {
        Visitor alice = Visitor.register(BROWSER, node.address(), "restored-reader");
        alice.createRoom(ROOM);
        bob.send("PUT", "/rooms/" + ROOM + "/members/restored-bob", null);
        for (int i = 0; i < LINES; i++) {
            say("line " + i);
        }
        backUp(alice);
        say("lost");
        assertThat(alice.message("lost")).isVisible();
        alice.at("draft").fill("half a sentence");
        alice.lookAt(ROOM + "/40");
        assertThat(alice.message("line 37")).isInViewport();
        restore();
        say("other");
        comeBack(alice);
        assertThat(alice.at("latest")).isVisible();
        assertThat(alice.message("line 37")).isInViewport();
        assertThat(alice.at("draft")).hasValue("half a sentence");
        alice.at("latest").click();
        assertThat(alice.message("other")).isInViewport();
        assertThat(alice.message("lost")).hasCount(0);
        alice.lookAt(ROOM + "/40/lostlost");
        assertThat(alice.at("toasts")).containsText("The message is not there any more.");
        assertThat(alice.page()).hasURL(Pattern.compile(".*#" + ROOM));
        assertThat(alice.message("other")).isInViewport();
    }

    private NodeProcess startNode() {
        return NodeProcess.startAt(
                        port,
                        Map.of("PARLANCE_AUTH_KEY", TestNode.KEY),
                        TestNode.dataFlag(folder.resolve("data")),
                        "--limits.enabled=false",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1")
                .awaitReady();
    }

    private void backUp(Visitor visitor) {
        node.stop();
        Shell.run("cp -a %1$s/data %1$s/backup".formatted(folder));
        node = startNode();
        comeBack(visitor);
    }

    private void restore() {
        node.stop();
        Shell.run("rm -rf %s/data".formatted(folder));
        Shell.run("cp -a %1$s/backup %1$s/data".formatted(folder));
        node = startNode();
    }

    private static void comeBack(Visitor visitor) {
        visitor.noticeNetwork();
        visitor.awaitConnected();
    }

    private static Locator texts(Visitor visitor) {
        return visitor.page().locator("main").getByTestId("text");
    }

    /** @return the seq */
    private long say(String text) {
        return new JsonObject(bob.post(
                                "/rooms/%s/messages".formatted(ROOM),
                                Map.of("id", text.replace(' ', '-'), "text", text))
                        .body())
                .getLong("seq");
    }
}
