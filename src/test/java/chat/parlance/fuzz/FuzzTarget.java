package chat.parlance.fuzz;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The fuzzers. The seeds of each are in {@code src/test/fuzz}. */
enum FuzzTarget {
    TEXT(TextFuzz.class, false, 1024, ""),
    HTTP(HttpFuzz.class, true, 4096, ":io.netty.handler.codec.http.**:io.vertx.core.http.**:io.vertx.ext.web.**"),
    FRAMES(FrameFuzz.class, true, 4096, ":io.netty.handler.codec.http.websocketx.**"),
    LINES(LineFuzz.class, true, 1024, "");

    /** The project's own classes, as Jazzer's pattern. */
    static final String OWN = "chat.parlance.**";

    private final Class<?> target;
    private final boolean needsNode;
    private final int maxBytes;
    private final String libraries;

    /**
     * @param needsNode true when the target starts a node, which needs a Postgres
     * @param maxBytes the longest input
     * @param libraries whose code guides the fuzzer besides the project's own, as Jazzer's patterns
     */
    FuzzTarget(Class<?> target, boolean needsNode, int maxBytes, String libraries) {
        this.target = target;
        this.needsNode = needsNode;
        this.maxBytes = maxBytes;
        this.libraries = libraries;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String className() {
        return target.getName();
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Classes whose branches Jazzer counts, without those of the fuzzers. */
    String instrumented() {
        return OWN + libraries;
    }

    /** One seed a line, with Java's escapes. */
    Path seeds() {
        return Path.of("src/test/fuzz", id() + ".txt");
    }

    /** @param environment of a node */
    Map<String, String> environment(Supplier<Map<String, String>> environment) {
        return needsNode ? environment.get() : Map.of();
    }
}
