package chat.parlance.http;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Script of the page's service worker: the bundled one, followed by the version of the page and the digests of its
 * files (W3C Subresource Integrity). The node adds these, because it generates files besides those of the build.
 */
final class WorkerScript {

    static final String PATH = "/worker.js";

    private static final Set<String> OTHERS = Set.of("/parlance-client.js", PATH);

    private WorkerScript() {}

    /**
     * The script with its list.
     *
     * @param script the script of the bundle
     * @param files all files by their paths
     */
    static PageFile of(PageFile script, Map<String, PageFile> files) {
        TreeMap<String, Object> digests = new TreeMap<>();
        files.forEach((path, file) -> {
            if (isOfThePage(path)) {
                digests.put(
                        path,
                        "sha256-"
                                + Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(file.digest())));
            }
        });
        String source = script.choose(null).content().toString();
        String list = new JsonObject(digests).encode();
        // Another script is another version too: it may cache the same files in another way.
        String version = PageFile.digest((source + list).getBytes(StandardCharsets.UTF_8));
        JsonObject page = new JsonObject().put("version", version).put("files", new JsonObject(digests));
        byte[] whole =
                "%sself.parlancePage=%s;\n".formatted(source, page.encode()).getBytes(StandardCharsets.UTF_8);
        return PageFile.of(PATH, whole, null, Gzip.compress(whole, 0));
    }

    /**
     * True for files that the page loads: all but the client library, which is for other programs, this script, and
     * source maps.
     */
    private static boolean isOfThePage(String path) {
        return !OTHERS.contains(path) && !path.endsWith(".map");
    }
}
