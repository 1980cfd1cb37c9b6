package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Authority;
import chat.parlance.testing.Browser;
import chat.parlance.testing.Http;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import chat.parlance.testing.TlsProxy;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A session in a browser: tabs that refresh it at the same time, a lost answer, and TLS in front of the node. */
final class SessionBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String REFRESH = "**/api/v1/sessions/refresh";
    private static final int ROUNDS = 3;

    /** Makes the access token count as expired, in all tabs. */
    private static final String EXPIRE = "() => { const key = 'parlance.session'; const kept ="
            + " JSON.parse(localStorage.getItem(key)); localStorage.setItem(key, JSON.stringify({ ...kept, expiresAt: 0"
            + " })); }";

    @Test
    void shouldKeepTabsLoggedInThatRefreshAtOnceWithoutWebLocks() {
        String address = "chat.test:" + TestNode.shared().httpPort();
        Visitor one = Visitor.registerAtTheDoor(BROWSER, address, "grace-alice");
        Visitor two = one.inAnotherTab(BROWSER);
        assertThat(one.page().evaluate("isSecureContext || 'locks' in navigator"))
                .isEqualTo(false);
        List<Integer> statuses = new ArrayList<>();
        Map<Page, Route> held = new HashMap<>();
        one.page().context().onResponse(answer -> {
            if (answer.url().endsWith("/sessions/refresh")) {
                statuses.add(answer.status());
            }
        });
        // Each waits for the other: neither has an answer before both have sent a request.
        one.page().context().route(REFRESH, route -> {
            held.put(route.request().frame().page(), route);
            if (held.size() == 2) {
                held.values().forEach(Route::resume);
                held.clear();
            }
        });
        for (int round = 1; round <= ROUNDS; round++) {
            int refreshes = 2 * round;
            one.page().evaluate(EXPIRE);
            List.of(one, two).forEach(tab -> tab.page().evaluate("() => void setTimeout(() => location.reload())"));
            one.page().waitForCondition(() -> statuses.size() == refreshes);
            one.awaitConnected();
            two.awaitConnected();
        }
        assertThat(statuses).containsOnly(200);
    }

    @Test
    void shouldGoOnWhenTheAnswerOfARefreshIsLost() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, TestNode.address(), "lost-alice");
        String agent = (String) alice.page().evaluate("navigator.userAgent");
        String cookie = cookie(alice.page(), "http://" + TestNode.address()).value;
        List<Integer> lost = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        alice.page().context().route(REFRESH, route -> {
            asked.add(route.request().postData());
            if (lost.isEmpty()) {
                lost.add(refresh(cookie, agent, route.request().postData()));
                route.abort();
            } else {
                route.resume();
            }
        });
        alice.page().evaluate(EXPIRE);
        alice.page().reload();
        alice.awaitConnected();
        assertThat(lost).containsExactly(200);
        assertThat(asked).hasSizeGreaterThan(1).allMatch(asked.getFirst()::equals);
        int refreshes = asked.size();
        alice.page().evaluate(EXPIRE);
        alice.page().reload();
        alice.awaitConnected();
        assertThat(asked).hasSizeGreaterThan(refreshes);
    }

    @Test
    void shouldKeepTheTokenInAHostCookieBehindTls(@TempDir Path folder) {
        int port = Ports.free();
        String origin = "https://tls.test:" + port;
        Authority authority = Authority.create(folder, "authority");
        Path certificate = authority.issue("chat", "dns:tls.test");
        Node node = TestNode.startBeside("--http.allowedOrigins=" + origin);
        try (TlsProxy _ = TlsProxy.start(port, node.httpPort(), certificate, authority.key("chat"))) {
            Visitor alice = Visitor.atTheDoor(
                    BROWSER, "127.0.0.1:" + node.httpPort(), new NewContextOptions().setIgnoreHTTPSErrors(true));
            Response page = alice.page().navigate(origin + "/");
            assertThat(page.headerValue("Strict-Transport-Security")).isEqualTo("max-age=31536000");
            alice.at("other").click();
            alice.at("name").fill("alice");
            alice.enter("tls-alice", Rest.PASSWORD);
            alice.awaitConnected();
            Cookie cookie = cookie(alice.page(), origin);
            assertThat(cookie.name).isEqualTo("__Host-parlance-refresh");
            assertThat(List.of(cookie.secure, cookie.httpOnly)).containsOnly(true);
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            alice.page().evaluate(EXPIRE);
            alice.page().reload();
            alice.awaitConnected();
            assertThat(cookie(alice.page(), origin).value).isNotEqualTo(cookie.value);
            alice.at("account").click();
            alice.at("log-out").click();
            assertThat(alice.at("credentials")).isVisible();
            // The session ends here at once, and on the server a moment later.
            alice.page()
                    .waitForCondition(
                            () -> alice.page().context().cookies(origin).isEmpty());
        } finally {
            node.stop();
        }
    }

    private static Cookie cookie(Page page, String origin) {
        return page.context().cookies(origin + "/api/v1/sessions/refresh").getFirst();
    }

    /** Refreshes like the browser. */
    private static int refresh(String cookie, String agent, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + TestNode.address() + "/api/v1/sessions/refresh"))
                .header("Cookie", "parlance-refresh=" + cookie)
                .header("User-Agent", agent)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return Http.send(request).statusCode();
    }
}
