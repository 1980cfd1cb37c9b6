package chat.parlance.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the page that the node serves, bundled and from a folder. */
final class PageFilesTest {

    private static final Path WEB = Path.of("src/main/resources/web");

    private static final Path OUTPUT = Path.of("target/classes/page");

    private final PageFiles files = PageBundle.load();

    /** A forgotten module is missing in the sources of all source maps. */
    @Test
    void shouldBundleEveryModuleOfThePage() throws IOException {
        Set<String> bundled;
        try (Stream<Path> maps = Files.walk(OUTPUT)) {
            bundled = maps.filter(file -> file.toString().endsWith(".map"))
                    .flatMap(map -> sources(map).stream())
                    .filter(source -> !source.startsWith("/library/"))
                    .filter(source -> source.lastIndexOf('/') > 0 || source.equals("/main.js"))
                    .collect(toSet());
        }
        Set<String> ofThePage;
        try (Stream<Path> all = Files.walk(WEB)) {
            ofThePage = all.filter(file -> file.toString().endsWith(".js"))
                    .map(file -> "/" + WEB.relativize(file))
                    .filter(path -> !isTypesOnly(path))
                    .filter(path -> path.lastIndexOf('/') > 0 || path.equals("/main.js"))
                    .collect(toSet());
        }
        assertThat(bundled).isSubsetOf(ofThePage);
        assertThat(bundled)
                .contains(
                        "/main.js",
                        "/view/door.js",
                        "/view/emoji-picker.js",
                        "/view/code-pieces.js",
                        "/parlance-client/client.js");
        assertThat(ofThePage.stream().filter(path -> !bundled.contains(path)).toList())
                .as("modules without code of their own")
                .allMatch(path -> path.endsWith("/index.js"));
    }

    @Test
    void shouldServeTheLibraryAsOneFileWithItsSources() throws IOException {
        String library = text("/parlance-client.js");
        assertThat(library)
                .contains("class ParlanceError extends Error")
                .containsPattern("export\\{DEFAULTS as DEFAULTS,.*ParlanceClient as ParlanceClient,ParlanceError as"
                        + " ParlanceError")
                .doesNotContainPattern("\\bimport\\b|\\bfrom\\s*\"")
                .endsWith("\n//# sourceMappingURL=parlance-client.js.map\n");
        assertThat(sources(OUTPUT.resolve("parlance-client.js.map"))).contains("/parlance-client/client.js");
    }

    /** A part of the page outside the list would be missing without a network. */
    @Test
    void shouldTellTheWorkerTheDigestsOfAllFilesThatThePageLoads() throws IOException {
        String script = text("/worker.js");
        String list = script.substring(script.lastIndexOf("self.parlancePage=")).replaceAll("^.*?=|;\\s*$", "");
        JsonObject page = new JsonObject(list);
        Set<String> loaded = Files.readAllLines(OUTPUT.resolve("files.txt")).stream()
                .filter(path -> !path.endsWith(".map") && !path.matches("/(parlance-client|worker)\\.js"))
                .map(path -> path.equals("/index.html") ? "/" : path)
                .collect(toSet());
        assertThat(page.getString("version")).matches("[0-9a-f]{64}");
        assertThat(page.getJsonObject("files").getMap().keySet()).isEqualTo(loaded);
        for (String path : loaded) {
            byte[] content = file(path).choose(null).content().getBytes();
            assertThat(page.getJsonObject("files").getString(path))
                    .isEqualTo("sha256-"
                            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256(content))));
        }
        assertThat(script).contains("addEventListener").doesNotContain("importScripts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files.txt",
                "/index.html",
                "/main.js",
                "/view/app.js",
                "/library/preact.js",
                "/assets/main.js",
                "/../api/openapi.yaml",
                "/../conf/parlance.yaml",
                "/page/index.html",
                "/.",
                ""
            })
    void shouldServeNoOtherFile(String path) {
        assertThat(files.file(path)).isNull();
    }

    @Test
    void shouldNameFilesByTheirContent() throws IOException {
        List<String> hashed = Files.readAllLines(OUTPUT.resolve("files.txt")).stream()
                .filter(path -> path.startsWith("/assets/"))
                .toList();
        assertThat(hashed)
                .hasSizeGreaterThan(10)
                .allSatisfy(path -> assertThat(path)
                        .contains("-"
                                + sha256(Files.readAllBytes(OUTPUT.resolve(path.substring(1))))
                                        .substring(0, 10) + "."));
    }

    @Test
    void shouldNameInTheFirstFileOnlyFilesThatAreThere() {
        String index = text("/");
        List<String> named = Pattern.compile("\"(/assets/[^\"]+-[0-9a-f]{10}\\.[a-z]+)\"")
                .matcher(index)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(path -> assertThat(files.file(path)).isNotNull());
        assertThat(index.lines().filter(line -> line.contains("rel=\"stylesheet\"")))
                .hasSize(1);
        assertThat(index).contains("<script type=\"module\" src=\"/assets/main-");
    }

    @Test
    void shouldAllowEachScriptWithinTheFirstFileByItsHash() {
        String policy = file("/").policy();
        List<MatchResult> inline = Pattern.compile("<script(?: data[^>]*| type=\"importmap\")?>")
                .matcher(text("/"))
                .results()
                .toList();
        assertThat(policy)
                .doesNotContain("unsafe")
                .matches("(?s).*script-src 'self'( 'sha256-[A-Za-z0-9+/]{43}='){" + inline.size() + "};.*");
        assertThat(inline).hasSizeGreaterThanOrEqualTo(2);
    }

    static List<Arguments> accepted() {
        return List.of(
                arguments(null, ""),
                arguments("", ""),
                arguments("identity", ""),
                arguments("deflate", ""),
                arguments("gzip", "gzip"),
                arguments("gzip, deflate, br, zstd", "br"),
                arguments("br;q=0, gzip", "gzip"),
                arguments("br; q=0.000,gzip;q=0.5", "gzip"),
                arguments("br;q=0.001", "br"),
                arguments("BR", "br"),
                arguments("bread, xgzip", ""),
                arguments("gzip;q=0", ""));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void shouldChooseTheBestAcceptedEncoding(@Nullable String accepted, String coding) {
        assertThat(file("/parlance-client.js").choose(accepted).coding()).isEqualTo(coding);
    }

    @Test
    void shouldHaveEachFileSmallerInEachEncoding() throws IOException {
        for (String path : List.of("/", "/parlance-client.js", "/parlance-client.js.map")) {
            PageFile file = file(path);
            assertThat(file.encodings())
                    .extracting(PageFile.Encoded::coding)
                    .as("where brotli4j has a native library")
                    .containsExactly("br", "gzip", "");
            int plain = file.choose(null).content().length();
            int gzipped = file.choose("gzip").content().length();
            assertThat(file.choose("br").content().length()).isLessThan(gzipped);
            assertThat(gzipped).isLessThan(plain);
            try (GZIPInputStream in = new GZIPInputStream(
                    new ByteArrayInputStream(file.choose("gzip").content().getBytes()))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(text(path));
            }
        }
    }

    @Test
    void shouldServeAFolderAsItIs(@TempDir Path folder) throws IOException {
        Path page = Files.createDirectories(folder.resolve("page"));
        Files.writeString(page.resolve("index.html"), "<script>one</script><script src=\"/two.js\"></script>");
        Files.createDirectories(page.resolve("view"));
        Files.writeString(page.resolve("view/app.js"), "first");
        PageFiles served = new PageFolder(page);
        assertThat(content(served, "/view/app.js")).isEqualTo("first");
        Files.writeString(page.resolve("view/app.js"), "second");
        assertThat(content(served, "/view/app.js")).isEqualTo("second");
        assertThat(content(served, "/library/preact.js")).contains("export");
        assertThat(content(served, "/library/emoji-data.js")).contains("thumbs up");
        PageFile index = served.file("/");
        assertThat(index).isNotNull();
        assertThat(index.policy()).containsOnlyOnce("'sha256-");
    }

    @Test
    void shouldServeNothingOutsideOfAFolder(@TempDir Path folder) throws IOException {
        Path page = Files.createDirectories(folder.resolve("page/view"));
        Files.writeString(folder.resolve("secret.js"), "secret");
        Files.writeString(page.resolve(".hidden.js"), "secret");
        Files.writeString(page.resolve("no-file-of-a-page.sql"), "secret");
        Files.createSymbolicLink(page.resolve("link.js"), folder.resolve("secret.js"));
        PageFiles served = new PageFolder(page.getParent());
        for (String path : List.of(
                "/../secret.js",
                "/view/../../secret.js",
                "/view/.hidden.js",
                "/view/no-file-of-a-page.sql",
                "/view/link.js",
                "/view",
                "/library/../index.html",
                "/library/../../conf/parlance.js",
                "/nothing.js",
                "/\0.js")) {
            assertThat(served.file(path)).as(path).isNull();
        }
    }

    /** Phones accept the page as an application only with icons of the described sizes. */
    @Test
    void shouldDescribeTheApplicationWithIconsThatAreThere() throws IOException {
        JsonObject manifest = new JsonObject(text("/manifest.webmanifest"));
        for (Object each : manifest.getJsonArray("icons")) {
            JsonObject icon = (JsonObject) each;
            PageFile file = file(icon.getString("src"));
            assertThat(file.contentType()).isEqualTo(icon.getString("type"));
            if (file.contentType().equals("image/png")) {
                BufferedImage image = ImageIO.read(
                        new ByteArrayInputStream(file.choose(null).content().getBytes()));
                assertThat(image.getWidth() + "x" + image.getHeight()).isEqualTo(icon.getString("sizes"));
            }
        }
        assertThat(text("/"))
                .contains("href=\"/manifest.webmanifest\"", "viewport-fit=cover")
                .contains("content=\"" + manifest.getString("theme_color") + "\"");
    }

    private PageFile file(String path) {
        PageFile file = files.file(path);
        assertThat(file).as(path).isNotNull();
        return file;
    }

    private String text(String path) {
        return file(path).choose(null).content().toString();
    }

    private static String content(PageFiles files, String path) {
        PageFile file = files.file(path);
        assertThat(file).as(path).isNotNull();
        return file.choose(null).content().toString();
    }

    private static List<String> sources(Path map) {
        try {
            return new JsonObject(Files.readString(map))
                    .getJsonArray("sources").stream().map(Object::toString).toList();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** True for a module that has nothing but types in comments. */
    private static boolean isTypesOnly(String path) {
        try {
            return Files.readString(WEB.resolve(path.substring(1)))
                    .replaceAll("(?s)/\\*.*?\\*/", "")
                    .replaceAll("export \\{};?", "")
                    .isBlank();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
