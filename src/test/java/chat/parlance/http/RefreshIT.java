package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.Node;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reused refresh tokens: of a client that lost the answer, of tabs that refresh at the same time, and of thieves. The
 * two nodes have no cluster: each reads the other's changes from the store.
 */
final class RefreshIT {

    private static final Node ELSEWHERE = TestNode.startBeside("--http.trustedProxies=127.0.0.1");
    private static final int TABS = 16;

    private final Rest here = new Rest(TestNode.address(), null);
    private final Rest elsewhere = new Rest("127.0.0.1:" + ELSEWHERE.httpPort(), null);

    /** Tokens of a client; the refresh token may be from the cookie. */
    private record Held(String accessToken, String refreshToken) {}

    /** Form in which a client sends a refresh token; a client named "-" sends no name. */
    private record Client(String place, String name, String agent) {

        static Client parse(String text) {
            String[] parts = text.split(" ", -1);
            return new Client(parts[0], parts[1], parts[2]);
        }

        HttpResponse<String> refresh(Rest node, String token) {
            JsonObject body = new JsonObject();
            Map<String, String> headers = new HashMap<>(Map.of("User-Agent", agent));
            if (place.equals("cookie")) {
                headers.put("Cookie", "parlance-refresh=" + token);
            } else {
                body.put("refreshToken", token);
            }
            if (!name.equals("-")) {
                body.put("clientId", name.repeat(16));
            }
            return node.send("POST", "/sessions/refresh", body.encode(), headers);
        }
    }

    @AfterAll
    static void stop() {
        ELSEWHERE.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "cookie - Firefox, cookie - Firefox, true",
        "cookie a Firefox, cookie a Firefox, true",
        "body a library, body a library, true",
        "cookie - Firefox, cookie - curl, false",
        "cookie a Firefox, cookie b Firefox, false",
        "cookie a Firefox, cookie - Firefox, false",
        "cookie a Firefox, body a Firefox, false",
        "body a library, cookie a library, false",
        "body a library, body b library, false",
        "body a library, body a curl, false",
        "body a library, body - library, false",
        "body - library, body - library, false",
        "body - library, body a library, false",
    })
    void shouldRepeatALostAnswerForTheSameClientAlone(String first, String second, boolean repeated) {
        Held opened = logIn();
        Held lost = held(Client.parse(first).refresh(here, opened.refreshToken()));
        HttpResponse<String> again = Client.parse(second).refresh(elsewhere, opened.refreshToken());
        if (repeated) {
            Held found = held(again);
            assertThat(found.refreshToken()).isEqualTo(lost.refreshToken()).isNotEqualTo(opened.refreshToken());
            assertThat(canRead(found)).isTrue();
            held(Client.parse(first).refresh(here, found.refreshToken()));
        } else {
            assertEnded(again, lost);
        }
    }

    @Test
    void shouldEndASessionOnLateReuseOfItsToken() throws SQLException {
        Client browser = Client.parse("cookie - Firefox");
        Held opened = logIn();
        Held renewed = held(browser.refresh(here, opened.refreshToken()));
        makeOlder(opened, 9);
        assertThat(held(browser.refresh(here, opened.refreshToken())).refreshToken())
                .isEqualTo(renewed.refreshToken());
        makeOlder(opened, 2);
        assertEnded(browser.refresh(here, opened.refreshToken()), renewed);
    }

    /** A thief that repeats each refresh of the owner within the grace period, with the name of the owner's browser. */
    @Test
    void shouldEndASessionWithAnswersToTwoAddresses() {
        Client browser = Client.parse("cookie - Firefox");
        Held opened = logIn();
        Held first = held(browser.refresh(elsewhere, opened.refreshToken()));
        assertThat(held(refreshFrom("198.51.100.9", opened.refreshToken())).refreshToken())
                .isEqualTo(first.refreshToken());
        Held second = held(browser.refresh(elsewhere, first.refreshToken()));
        assertEnded(refreshFrom("198.51.100.9", first.refreshToken()), second);
    }

    /** A phone that changes its network when an answer is lost. */
    @Test
    void shouldGoOnWhenAnAnswerIsLostWithTheAddress() {
        Client browser = Client.parse("cookie - Firefox");
        Held opened = logIn();
        held(browser.refresh(elsewhere, opened.refreshToken()));
        Held found = held(refreshFrom("198.51.100.9", opened.refreshToken()));
        Held next = held(refreshFrom("198.51.100.9", found.refreshToken()));
        assertThat(new Rest(TestNode.address(), next.accessToken())
                        .get("/rooms")
                        .statusCode())
                .isEqualTo(200);
    }

    /**
     * The server closes a connection whose access token has expired, unless an auth frame has brought a newer token.
     */
    @Test
    void shouldEndAConnectionWithAnExpiredTokenUnlessRenewedInBand() {
        Node node = TestNode.startBeside("--auth.accessTokenSeconds=3");
        String address = "127.0.0.1:" + node.httpPort();
        Rest there = new Rest(address, null);
        Client program = Client.parse("body a library");
        Rest.logIn(TestNode.address(), "refresh-alice");
        Held opened = held(there.post("/sessions", Map.of("userId", "refresh-alice", "password", Rest.PASSWORD)));
        Map<String, String> proof = Map.of("Authorization", "Bearer " + opened.accessToken());
        try (Socket left = Socket.authenticated(address, opened.accessToken());
                Socket leftFromUpgrade = Socket.open("ws://" + address + "/ws", proof);
                Socket renewed = Socket.authenticated(address, opened.accessToken());
                Socket person = Socket.open("ws://" + address + "/lines", proof)) {
            CompletableFuture<Integer> closed = CompletableFuture.supplyAsync(left::awaitClose)
                    .thenCombine(CompletableFuture.supplyAsync(leftFromUpgrade::awaitClose), Math::max);
            Held newest = opened;
            while (!closed.isDone()) {
                newest = held(program.refresh(there, newest.refreshToken()));
                renewed.send(Map.of("type", "auth", "token", newest.accessToken()));
                renewed.await("welcome");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
            assertThat(closed.join()).isEqualTo(4401);
            renewed.send(Map.of("type", "ping"));
            renewed.await("pong");
            assertThat(new Rest(address, opened.accessToken()).get("/rooms").statusCode())
                    .isEqualTo(401);
            assertThatThrownBy(() -> Socket.open("ws://" + address + "/ws", proof))
                    .isInstanceOf(CompletionException.class);
            // A person has no token to renew: a connection in line mode lives as long as its session.
            person.sendText("/sessions");
            assertThat(person.awaitLine("this one")).contains("* ");
            assertThat(renewed.awaitClose()).as("not renewed any more").isEqualTo(4401);
        } finally {
            node.stop();
        }
    }

    private HttpResponse<String> refreshFrom(String address, String token) {
        return elsewhere.send(
                "POST",
                "/sessions/refresh",
                "{}",
                Map.of("User-Agent", "Firefox", "Cookie", "parlance-refresh=" + token, "X-Forwarded-For", address));
    }

    @Test
    void shouldEndASessionOnReuseAfterTheSuccessorWasUsed() {
        Client browser = Client.parse("cookie - Firefox");
        Held opened = logIn();
        Held renewed = held(browser.refresh(here, opened.refreshToken()));
        Held last = held(browser.refresh(elsewhere, renewed.refreshToken()));
        try (Socket socketHere = Socket.authenticated(TestNode.address(), last.accessToken());
                Socket socketElsewhere =
                        Socket.authenticated("127.0.0.1:" + ELSEWHERE.httpPort(), last.accessToken())) {
            assertEnded(browser.refresh(here, opened.refreshToken()), last);
            assertThat(socketHere.awaitClose()).isEqualTo(4401);
            assertThat(socketElsewhere.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldGiveAllTabsThatRefreshAtOnceTheSameTokenOnWhicheverNode() {
        Client browser = Client.parse("cookie - Firefox");
        Held opened = logIn();
        try (ExecutorService tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Held>> answers = IntStream.range(0, TABS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> held(browser.refresh(i % 2 == 0 ? here : elsewhere, opened.refreshToken())), tabs))
                    .toList();
            List<String> tokens = answers.stream()
                    .map(answer -> answer.join().refreshToken())
                    .distinct()
                    .toList();
            assertThat(tokens).hasSize(1);
            held(browser.refresh(here, tokens.getFirst()));
        }
    }

    /** Clients that use a token at the same time and cannot show that they are one are thieves, all but one. */
    @Test
    void shouldEndASessionWhenStrangersUseItsTokenAtOnceOnTwoNodes() {
        Client program = Client.parse("body - library");
        Held opened = logIn();
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<HttpResponse<String>> answers = IntStream.range(0, TABS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> program.refresh(i % 2 == 0 ? here : elsewhere, opened.refreshToken()), strangers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            List<HttpResponse<String>> taken = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .toList();
            assertThat(taken).hasSize(1);
            assertThat(canRead(held(taken.getFirst()))).isFalse();
        }
    }

    private Held logIn() {
        Rest.logIn(TestNode.address(), "refresh-alice");
        return held(here.post("/sessions", Map.of("userId", "refresh-alice", "password", Rest.PASSWORD)));
    }

    private static Held held(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject tokens = new JsonObject(answer.body());
        String inBody = tokens.getString("refreshToken");
        return new Held(tokens.getString("accessToken"), inBody == null ? inCookie(answer) : inBody);
    }

    private static String inCookie(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(header.indexOf('=') + 1, header.indexOf(';'));
    }

    private void assertEnded(HttpResponse<String> answer, Held newest) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Rest.code(answer)).isEqualTo("auth.invalid_token");
        assertThat(canRead(newest)).isFalse();
        assertThat(here.post("/sessions/refresh", Map.of("refreshToken", newest.refreshToken()))
                        .statusCode())
                .isEqualTo(401);
    }

    private static boolean canRead(Held tokens) {
        return new Rest(TestNode.address(), tokens.accessToken()).get("/rooms").statusCode() == 200;
    }

    /** Makes the store's last use of the token older. */
    private static void makeOlder(Held tokens, int seconds) throws SQLException {
        assertThat(Database.update("""
            update refresh_token set used_at = used_at - make_interval(secs => ?)
            where used = sha256(convert_to(?, 'UTF8'))
            """, (double) seconds, tokens.refreshToken()))
                .isEqualTo(1);
    }
}
