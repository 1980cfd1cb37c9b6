package chat.parlance.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Checks of the way from the public origin to the node: what a proxy must pass on, seen from outside. */
final class OriginChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final URI origin;

    private OriginChecks(URI origin) {
        this.origin = origin;
    }

    /**
     * Asks the public origin. Blocks.
     *
     * @param origin such as {@code https://chat.example.org}
     */
    static List<Check> run(URI origin) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build()) {
            return new OriginChecks(origin).check(client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<Check> check(HttpClient client) throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        try {
            HttpResponse<Void> page = client.send(request("/").build(), BodyHandlers.discarding());
            checks.add(page(page.statusCode()));
            if (origin.getScheme().equals("https")) {
                checks.add(scheme(
                        page.headers().firstValue("Strict-Transport-Security").isPresent()));
            }
            checks.add(host(client.send(
                            request("/api/v1/rooms")
                                    .header("Origin", origin.toString())
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode()));
        } catch (IOException unreachable) {
            checks.add(Check.fail(
                    "origin",
                    origin + " cannot be reached: " + unreachable,
                    "look at the DNS name, the certificate and the port of the proxy"));
            return checks;
        }
        checks.add(webSocket(client));
        return checks;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(origin.resolve(path)).timeout(TIMEOUT);
    }

    private Check page(int status) {
        return status == OK
                ? Check.ok("origin", origin + " serves the page")
                : Check.fail(
                        "origin",
                        origin + "/ is answered with " + status,
                        "have the proxy pass all paths to the node unchanged");
    }

    private static Check scheme(boolean isKnown) {
        return isKnown
                ? Check.ok("origin.scheme", "the node knows that its clients use TLS")
                : Check.fail(
                        "origin.scheme",
                        "the node does not know that its clients use TLS, so its cookie is sent without it too",
                        "have the proxy set X-Forwarded-Proto: https, and name its address in http.trustedProxies");
    }

    private Check host(int status) {
        return switch (status) {
            case UNAUTHORIZED -> Check.ok("origin.host", "requests of the page are accepted");
            case FORBIDDEN ->
                Check.fail(
                        "origin.host",
                        "requests of the page are refused as those of another site",
                        "have the proxy pass the header Host on as it is, or add " + origin
                                + " to http.allowedOrigins");
            default ->
                Check.fail(
                        "origin.host",
                        origin + "/api/v1/rooms is answered with " + status + ", not 401",
                        "have the proxy pass all paths and headers to the node unchanged");
        };
    }

    private Check webSocket(HttpClient client) {
        URI uri = URI.create(origin.toString().replaceFirst("^http", "ws") + "/ws");
        try {
            client.newWebSocketBuilder()
                    .connectTimeout(TIMEOUT)
                    .header("Origin", origin.toString())
                    .buildAsync(uri, new WebSocket.Listener() {})
                    .join()
                    .abort();
            return Check.ok("origin.websocket", uri + " opens");
        } catch (CompletionException refused) {
            return Check.fail(
                    "origin.websocket",
                    uri + " does not open: " + refused.getCause(),
                    "have the proxy pass Upgrade and Connection on for /ws and /lines");
        }
    }
}
