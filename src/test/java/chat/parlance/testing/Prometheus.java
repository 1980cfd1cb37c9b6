package chat.parlance.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Prometheus of the build, see {@code src/build/ensure-prometheus}, that scrapes one node. */
public final class Prometheus implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("target/prometheus").toAbsolutePath();
    private static final int OK = 200;

    private final ProxyProcess process;
    private final int port;

    private Prometheus(ProxyProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** True when the build has found the programs. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAMS.resolve("promtool"));
    }

    /** Runs promtool to its end, and returns its output; fails when it finds something. */
    public static String promtool(String... arguments) {
        return Shell.run(Stream.concat(Stream.of(PROGRAMS.resolve("promtool").toString()), Stream.of(arguments))
                .toList());
    }

    /**
     * Starts a Prometheus; when this returns it answers.
     *
     * @param target address of the node's metrics
     * @param folder for its files
     */
    public static Prometheus start(String target, Path folder) {
        int port = Ports.free();
        Path config = folder.resolve("prometheus.yml");
        try {
            Files.writeString(config, """
                global:
                  scrape_interval: 200ms
                  scrape_timeout: 200ms
                scrape_configs:
                  - job_name: parlance
                    static_configs:
                      - targets: ["%s"]
                """.formatted(target));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Prometheus(
                ProxyProcess.start(
                        List.of(
                                PROGRAMS.resolve("prometheus").toString(),
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + folder.resolve("series"),
                                "--web.listen-address=127.0.0.1:" + port),
                        folder.resolve("prometheus.log"),
                        port),
                port);
    }

    /** Samples of an expression now. */
    public List<JsonObject> query(String expression) {
        return objects(
                get("query?query=" + encoded(expression)).getJsonObject("data").getJsonArray("result"));
    }

    /** Labels of all series of a metric. */
    public List<JsonObject> series(String metric) {
        return objects(get("series?match[]=" + encoded(metric)).getJsonArray("data"));
    }

    private JsonObject get(String path) {
        var answer = Http.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/" + path.replace("[]", "%5B%5D")))
                .build());
        if (answer.statusCode() != OK) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static String encoded(String expression) {
        return URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.close();
    }
}
