package chat.parlance.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A foreign site on a loopback port: an empty page, and the modules of {@code src/test/javascript}. */
public final class ForeignSite implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src/test/javascript");
    private static final String PAGE = "<!doctype html><title>A page of another site</title>";

    private final HttpServer server;

    private ForeignSite(HttpServer server) {
        this.server = server;
    }

    /** Starts it on a free port. */
    public static ForeignSite start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", ForeignSite::answer);
            server.start();
            return new ForeignSite(server);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String file = exchange.getRequestURI().getPath().substring(1);
            boolean isModule = file.matches("[a-z-]+\\.js");
            byte[] body =
                    isModule ? Files.readAllBytes(SCRIPTS.resolve(file)) : PAGE.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", isModule ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
