package chat.parlance.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page as bundled by the build (src/build/bundle). Names of chunks and style sheets have a hash of their content,
 * so that a browser caches them permanently and fetches only changed ones.
 */
final class PageBundle implements PageFiles {

    private static final String FOLDER = "page";
    private static final String LIST = "/files.txt";
    private static final String INDEX = "/index.html";
    private static final Pattern HASHED = Pattern.compile("(/assets/.+)-[0-9a-f]{10}(\\.[a-z.]+)");
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private final Map<String, PageFile> files = new HashMap<>();

    /** Files by their names without the hash. */
    private final Map<String, PageFile> unhashed = new HashMap<>();

    private PageBundle() {}

    static PageBundle load() {
        PageBundle bundle = new PageBundle();
        new String(bytes(LIST), StandardCharsets.UTF_8).lines().forEach(bundle::add);
        bundle.files.compute(
                WorkerScript.PATH, (path, script) -> WorkerScript.of(Objects.requireNonNull(script), bundle.files));
        return bundle;
    }

    @Override
    public @Nullable PageFile file(String path) {
        return files.get(path);
    }

    @Override
    public void mount(Router router) {
        router.get("/assets/*").handler(this::asset);
        files.forEach((path, file) -> {
            if (!path.startsWith("/assets/")) {
                router.get(path).handler(context -> PageRoutes.send(context, path, file));
            }
        });
    }

    /**
     * Answers a request for an asset. While nodes are replaced one by one, a page may ask a node of another version. It
     * gets that node's file rather than none: chunks of two versions fit together as far as their modules do.
     */
    private void asset(RoutingContext context) {
        String path = context.normalizedPath();
        PageFile file = files.get(path);
        if (file != null) {
            file.send(context.request(), IMMUTABLE);
            return;
        }
        PageFile other = unhashed.get(HASHED.matcher(path).replaceFirst("$1$2"));
        if (other == null) {
            context.next();
        } else {
            other.send(context.request(), PageRoutes.REVALIDATE);
        }
    }

    private void add(String path) {
        PageFile file = PageFile.of(path, bytes(path), bytesIfAny(path + ".br"), bytesIfAny(path + ".gz"));
        files.put(path.equals(INDEX) ? "/" : path, file);
        Matcher hashed = HASHED.matcher(path);
        if (hashed.matches()) {
            unhashed.put(hashed.group(1) + hashed.group(2), file);
        }
    }

    /** @throws IllegalStateException when there is no such file */
    static byte[] bytes(String path) {
        byte[] bytes = bytesIfAny(path);
        if (bytes == null) {
            throw new IllegalStateException(
                    "The page misses its file " + path + "; build the node with Maven, which bundles the page");
        }
        return bytes;
    }

    static byte @Nullable [] bytesIfAny(String path) {
        try (InputStream in = PageBundle.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
