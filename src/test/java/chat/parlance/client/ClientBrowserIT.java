package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.client.ClientSchedules.Result;
import chat.parlance.client.ClientSchedules.Schedule;
import chat.parlance.testing.Browser;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same schedule in Chromium, with the library as loaded by the page, under the page's security policy. */
final class ClientBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int FAULTY_CONNECTIONS = 15;
    private static final int PATIENCE_MS = 20_000;

    @Test
    void shouldShowEveryMessageOnceAndInOrderInABrowserToo() {
        int seed = Integer.getInteger("client.seed", new Random().nextInt(1_000_000_000));
        try (FaultyProxy proxy =
                FaultyProxy.start(seed, 0, List.of(TestNode.shared().httpPort()))) {
            Page page = BROWSER.open(proxy.address(), new NewContextOptions());
            for (String module : List.of("schedule.js", "lossy-web-socket.js", "random.js")) {
                page.route(
                        "**/" + module,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setPath(Path.of("src/test/javascript", module))
                                .setContentType("text/javascript")));
            }
            page.evaluate("() => Promise.all([import('/schedule.js'), import('/parlance-client.js')])"
                    + ".then(([schedule, library]) => { window.run = (json) => schedule.run(library, JSON.parse(json))"
                    + ".then(JSON.stringify); })");
            proxy.setFaultyConnections(FAULTY_CONNECTIONS);
            Result result = new ClientSchedules()
                    .run(
                            new Schedule(seed, LibraryVariant.NONE, false, PATIENCE_MS),
                            proxy,
                            schedule -> new JsonObject((String) page.evaluate("json => run(json)", schedule.encode())));
            assertThat(result.violations()).as("-Dclient.seed=" + seed).isEmpty();
            assertThat(result.acked()).isPositive();
        }
    }
}
