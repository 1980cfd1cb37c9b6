package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Text;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What the node serves as the page, and what not. */
final class PageFilesTest {

    private static final Path WEB = Path.of("src/main/resources/web");

    private final PageFiles files = PageFiles.load();

    @Test
    void shouldServeEveryFileOfThePageAndNoOther() throws IOException {
        List<String> listed = Files.readAllLines(WEB.resolve("files.txt")).stream()
                .map(line -> line.replace(" lazy", ""))
                .toList();
        try (Stream<Path> all = Files.walk(WEB)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(file -> WEB.relativize(file).toString())
                            .filter(name -> !name.equals("files.txt") && !name.equals("index.html")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        for (String name :
                List.of("files.txt", "index.html", "../api/openapi.yaml", "../conf/parlance.yaml", ".", "")) {
            assertThat(files.file(name)).isNull();
        }
    }

    @Test
    void shouldNameItsVersionInEveryPathOfTheFirstFile() {
        String index = files.index().plain().toString();
        assertThat(index).doesNotContain("{{").contains("/assets/" + files.version() + "/main.js");
        assertThat(index.lines().filter(line -> line.contains("/assets/")))
                .allMatch(line -> line.contains("/assets/" + files.version() + "/"));
    }

    /** Phones take the page for an application only with icons that are as large as it says. */
    @Test
    void shouldDescribeTheApplicationWithIconsThatAreThere() throws IOException {
        JsonObject manifest = new JsonObject(
                Objects.requireNonNull(files.file("manifest.webmanifest")).plain());
        for (Object each : manifest.getJsonArray("icons")) {
            JsonObject icon = (JsonObject) each;
            PageFile file =
                    Objects.requireNonNull(files.file(icon.getString("src").substring(1)), icon.getString("src"));
            assertThat(file.contentType()).isEqualTo(icon.getString("type"));
            if (file.contentType().equals("image/png")) {
                BufferedImage image =
                        ImageIO.read(new ByteArrayInputStream(file.plain().getBytes()));
                assertThat(image.getWidth() + "x" + image.getHeight()).isEqualTo(icon.getString("sizes"));
            }
        }
        assertThat(files.index().plain().toString())
                .contains("href=\"/manifest.webmanifest\"", "viewport-fit=cover")
                .contains("content=\"" + manifest.getString("theme_color") + "\"");
    }

    @Test
    void shouldOfferEmojiByTheirNames() {
        Map<String, String> names = new HashMap<>();
        for (Object group : new JsonArray(Buffer.buffer(EmojiCatalogue.json()))) {
            for (Object emoji : ((JsonObject) group).getJsonArray("emoji")) {
                names.put(((JsonArray) emoji).getString(0), ((JsonArray) emoji).getString(1));
            }
        }
        assertThat(names)
                .hasSizeGreaterThan(1_000)
                .containsEntry("👍", "thumbs up")
                .containsEntry("❤️", "heart");
        assertThat(names).doesNotContainKeys("🏽", "🦰");
        assertThat(names.keySet()).allMatch(emoji -> Text.emoji(emoji).equals(emoji));
    }
}
