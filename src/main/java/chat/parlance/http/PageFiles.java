package chat.parlance.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the page is made of: what {@code web/files.txt} lists, the modules of libraries that it uses, and nothing else
 * of what is on the class path. It is read once; its {@link #version} changes with any of it.
 */
final class PageFiles {

    private static final Map<String, String> LIBRARIES = Map.of(
            "library/preact.js",
                    LibraryFiles.webJar("org.webjars.npm", "preact").resource("dist/preact.module.js"),
            "library/preact-hooks.js",
                    LibraryFiles.webJar("org.webjars.npm", "preact").resource("hooks/dist/hooks.module.js"),
            "library/htm.js", LibraryFiles.mvnpm("htm").resource("dist/htm.module.js"),
            "library/marked.js",
                    LibraryFiles.webJar("org.webjars.npm", "marked").resource("lib/marked.esm.js"),
            "library/dompurify.js", LibraryFiles.mvnpm("dompurify").resource("dist/purify.min.js"));

    private static final String LAZY = " lazy";
    private static final String IMPORT_MAP_START = "<script type=\"importmap\">";
    private static final int VERSION_LENGTH = 12;

    private final Map<String, PageFile> files = new LinkedHashMap<>();
    private final String version;
    private final PageFile index;
    private final String importMapHash;

    private PageFiles() {
        List<String> listed = text("web/files.txt").lines().toList();
        for (String line : listed) {
            String name = line.replace(LAZY, "");
            files.put(name, PageFile.of(name, bytes("web/" + name)));
        }
        LIBRARIES.forEach((name, resource) -> files.put(name, PageFile.of(name, bytes(resource))));
        files.put("emoji.json", PageFile.of("emoji.json", EmojiCatalogue.json()));
        String template = text("web/index.html");
        version = digest((template
                                + files.entrySet().stream()
                                        .map(file ->
                                                file.getKey() + file.getValue().tag())
                                        .sorted()
                                        .collect(Collectors.joining()))
                        .getBytes(StandardCharsets.UTF_8))
                .substring(0, VERSION_LENGTH);
        String html = template.replace("{{preloads}}", preloads(listed)).replace("{{version}}", version);
        index = PageFile.of("index.html", html.getBytes(StandardCharsets.UTF_8));
        importMapHash = importMapHash(html);
    }

    static PageFiles load() {
        return new PageFiles();
    }

    /** The page's first file, which names all others with their version. */
    PageFile index() {
        return index;
    }

    /** Part of the path of every file, so that a browser may keep it for ever. */
    String version() {
        return version;
    }

    @Nullable
    PageFile file(String name) {
        return files.get(name);
    }

    /** What the content security policy has to allow: the one inline script, which only names the libraries. */
    String importMapHash() {
        return importMapHash;
    }

    /** A digest in hexadecimal. */
    static String digest(byte[] content) {
        return HexFormat.of().formatHex(sha256(content));
    }

    /** Modules are fetched together; otherwise each level of imports costs a round trip. */
    private static String preloads(List<String> listed) {
        return Stream.concat(
                        listed.stream().filter(name -> name.endsWith(".js") && !name.equals("boot.js")),
                        LIBRARIES.keySet().stream().sorted())
                .map("<link rel=\"modulepreload\" href=\"/assets/{{version}}/%s\">"::formatted)
                .collect(Collectors.joining("\n    "));
    }

    private static String importMapHash(String html) {
        int start = html.indexOf(IMPORT_MAP_START) + IMPORT_MAP_START.length();
        String map = html.substring(start, html.indexOf("</script>", start));
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256(map.getBytes(StandardCharsets.UTF_8))) + "'";
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @throws IllegalStateException when there is none */
    static InputStream open(String resource) {
        InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("The page misses its file " + resource);
        }
        return in;
    }
}
