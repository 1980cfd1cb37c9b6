package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New versions of the page: offered, never forced, never mixed, and a server that no longer has a worker. */
final class VersionBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private DeployedPage deployed;
    private Node node;

    @BeforeEach
    void deploy(@TempDir Path folder) {
        deployed = DeployedPage.in(folder);
        node = TestNode.startBeside("--page.folder=" + folder);
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    @Test
    void shouldOfferANewVersionAndGiveEachTabTheFilesOfItsOwn() {
        Visitor alice = visitor("version-alice");
        Visitor other = alice.inAnotherTab(BROWSER);
        assertThat(other.at("draft")).isVisible();
        deployed.deployBroken("2");
        update(alice.page());
        assertThat(alice.at("new-version")).hasCount(0);
        assertThat(caches(alice.page())).isEqualTo("parlance-page 1");
        deployed.deployWithout("3", "shortcuts-dialog-[0-9a-f]+\\.js");
        alice.at("draft").fill("half a sentence");
        update(alice.page());
        assertThat(alice.at("new-version")).containsText("A new version is there.");
        assertThat(other.at("new-version")).isVisible();
        Look.everywhere(other.page(), "new-version");
        other.at("later").click();
        assertThat(other.at("new-version")).hasCount(0);
        assertThat(version(alice.page())).isEqualTo("1");
        alice.at("reload").click();
        assertThat(alice.page().locator("meta[name=version]")).hasAttribute("content", "3");
        alice.awaitConnected();
        assertThat(alice.at("draft")).hasValue("half a sentence");
        assertThat(alice.at("new-version")).hasCount(0);
        assertThat(other.at("new-version")).isVisible();
        assertThat(version(other.page())).isEqualTo("1");
        other.at("help").click();
        assertThat(other.at("shortcuts-dialog")).isVisible();
        other.page().keyboard().press("Escape");
        other.at("reload").click();
        assertThat(other.page().locator("meta[name=version]")).hasAttribute("content", "3");
    }

    /** Either the server no longer has a worker, or it serves the modules of a folder. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLeaveTheWorkerOfAServerThatHasNoneAnyMore(boolean isGone) {
        Visitor alice = visitor("version-gone-" + isGone);
        if (isGone) {
            deployed.delete("worker\\.js");
        } else {
            deployed.deployModules();
        }
        alice.page().reload();
        alice.at("new-version").waitFor();
        alice.page()
                .waitForFunction("() => navigator.serviceWorker.getRegistrations().then(({ length }) => length === 0)");
        alice.page().waitForFunction("() => caches.keys().then(({ length }) => length === 0)");
        alice.at("reload").click();
        if (isGone) {
            // A worker that has unregistered itself, and answers nothing, can stay with a tab as long as that is open.
            alice.page().waitForFunction("() => navigator.serviceWorker.controller === null");
        }
        alice.awaitConnected();
        assertThat(alice.message("of the first version")).isVisible();
    }

    /** A user with an installed worker of version 1. */
    private Visitor visitor(String user) {
        Visitor visitor = Visitor.registerAtTheDoor(
                BROWSER, "127.0.0.1:" + node.httpPort(), user, OfflineBrowserIT.withWorkers());
        visitor.createRoom(user);
        visitor.say("of the first version");
        OfflineBrowserIT.awaitWorker(visitor.page());
        visitor.page().reload();
        visitor.awaitConnected();
        assertThat(visitor.at("draft")).isVisible();
        return visitor;
    }

    /** Checks for a new version, and waits until it is installed or has failed. */
    private static void update(Page page) {
        page.evaluate("async () => { const registration = await navigator.serviceWorker.getRegistration();"
                + " await registration.update().catch(() => {}); const { installing } = registration;"
                + " await new Promise((done) => { const look = () => ['installed', 'redundant', undefined]"
                + ".includes(installing?.state) && done(); installing?.addEventListener('statechange', look);"
                + " look(); }); }");
    }

    private static String version(Page page) {
        return page.locator("meta[name=version]").getAttribute("content");
    }

    private static String caches(Page page) {
        return String.valueOf(page.evaluate("() => caches.keys().then((names) => names.join())"));
    }
}
