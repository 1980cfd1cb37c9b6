package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.ForeignSite;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of other origins in Chromium: an allowed one can do everything, others nothing. */
final class CrossOriginBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** More than a join catches up with, so that the client gets a reset and pages. */
    private static final int MESSAGES = 12;

    private static final String ROOM = "cross-room";
    private static final ForeignSite SITE = ForeignSite.start();
    private static final String ALLOWED = "app.test:" + SITE.port();
    private static final String FOREIGN = "evil.test:" + SITE.port();
    private static final Node NODE =
            TestNode.startBeside("--http.allowedOrigins=http://" + ALLOWED, "--room.catchUpLimit=5");
    private static final String ADDRESS = "127.0.0.1:" + NODE.httpPort();

    @AfterAll
    static void stop() {
        NODE.stop();
        SITE.close();
    }

    @Test
    void shouldServeTheLibraryToAPageOfAnAllowedOrigin() {
        Rest owner = owner();
        for (int i = 0; i < MESSAGES; i++) {
            owner.post("/rooms/" + ROOM + "/messages", Map.of("id", "cross-" + i, "text", "message " + i));
        }
        long head = new JsonObject(owner.get("/rooms/" + ROOM + "/events").body()).getLong("head");
        JsonObject done = new JsonObject(call(
                open(ALLOWED),
                "useLibrary",
                new JsonObject()
                        .put("user", "cross-alice")
                        .put("password", Rest.PASSWORD)
                        .put("room", ROOM)
                        .put("text", "from elsewhere")));
        JsonArray caughtUp = done.getJsonArray("caughtUp");
        assertThat(caughtUp.stream().map(Object::toString))
                .hasSizeGreaterThan((int) head)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, caughtUp.size())
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(done.getInteger("page")).isEqualTo(2);
        assertThat(done.getInteger("hits")).isPositive();
        assertThat(done.getBoolean("restored")).isTrue();
    }

    @Test
    void shouldRefuseAPageOfAForeignOriginEverything() {
        Rest owner = owner();
        for (String origin : List.of(FOREIGN, ALLOWED)) {
            JsonObject outcome = new JsonObject(call(
                    open(origin),
                    "tryAll",
                    credentials()
                            .put("room", ROOM)
                            .put("token", owner.token())
                            .put("id", "tried-" + origin.replaceAll("[.:]", "-"))));
            assertThat(outcome.size()).isEqualTo(8);
            assertThat(outcome.stream().map(Map.Entry::getValue))
                    .as(origin + outcome)
                    .containsOnly(origin.equals(ALLOWED) ? "let" : "refused");
        }
        assertThat(owner().get("/rooms/" + ROOM + "/events?limit=100").body())
                .doesNotContain("tried-evil")
                .contains("tried-app");
    }

    @Test
    void shouldSetNoCookieByAFormOfAnotherSite() {
        owner();
        Page page = open(FOREIGN);
        Response answer = page.waitForResponse("**/api/v1/sessions", () -> call(page, "logInByForm", credentials()));
        page.waitForURL("http://" + ADDRESS + "/api/v1/sessions");
        assertThat(answer.status()).isIn(403, 415);
        assertThat(page.context().cookies("http://" + ADDRESS + "/api/v1/sessions"))
                .isEmpty();
    }

    @Test
    void shouldSetNoCookieForAPageOfAnAllowedOriginHoweverItAsks() {
        owner();
        Page page = open(ALLOWED);
        assertThat(call(page, "logInWithCookie", credentials()))
                .isEqualTo("{\"omit\":403,\"same-origin\":403,\"include\":\"refused\"}");
        assertThat(page.context().cookies()).isEmpty();
    }

    @Test
    void shouldRefuseTheOriginNullAlsoWithinAPageOfAnAllowedOne() {
        owner();
        assertThat(call(open(ALLOWED), "logInFromSandbox", credentials())).isEqualTo("\"refused null\"");
    }

    private static Rest owner() {
        Rest owner = Rest.logIn(ADDRESS, "cross-owner");
        owner.post("/rooms", Map.of("roomId", ROOM));
        return owner;
    }

    private static JsonObject credentials() {
        return new JsonObject().put("user", "cross-owner").put("password", Rest.PASSWORD);
    }

    private static Page open(String site) {
        return BROWSER.open(site, new NewContextOptions());
    }

    /** Calls a function of cross-origin.js; its result is JSON. */
    private static String call(Page page, String function, JsonObject given) {
        return (String) page.evaluate(
                "([name, origin, given]) => import('/cross-origin.js').then((module) => module[name](origin,"
                        + " JSON.parse(given))).then((result) => JSON.stringify(result ?? null))",
                List.of(function, "http://" + ADDRESS, given.encode()));
    }
}
