package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.PageSize;
import chat.parlance.testing.ApiSchemas;
import chat.parlance.testing.Documents;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The length of a page is the same number wherever it is written. */
final class PageSizeTest {

    private static final Path WEB = Path.of("src/main/resources/web");

    @Test
    void shouldBeTheSameInTheDescription() {
        JsonObject limit = new ApiSchemas()
                .openApi()
                .getJsonObject("components")
                .getJsonObject("parameters")
                .getJsonObject("limit")
                .getJsonObject("schema");
        assertThat(limit.getInteger("minimum")).isEqualTo(1);
        assertThat(limit.getInteger("maximum")).isEqualTo(PageSize.MAX);
        assertThat(limit.getInteger("default")).isEqualTo(PageSize.DEFAULT);
        assertThat(limit.getString("description")).isEqualTo("a whole number from 1 to " + PageSize.MAX);
    }

    @Test
    void shouldBeTheSameInTheDocuments() {
        assertThat(Documents.read("docs/PROTOCOL.md").replace('\n', ' '))
                .contains("Pages have 1 to %d entries, %d by default".formatted(PageSize.MAX, PageSize.DEFAULT));
    }

    @Test
    void shouldBeWrittenOnceInTheLibraryAndNowhereInThePage() throws IOException {
        String number = "= " + PageSize.MAX + ";";
        try (Stream<Path> files = Files.walk(WEB)) {
            List<String> lines = files.filter(file -> file.toString().endsWith(".js"))
                    .flatMap(file -> Documents.read(file.toString()).lines())
                    .filter(line -> line.contains(number) && !line.matches(".*_(MS|LENGTH) .*"))
                    .toList();
            assertThat(lines).containsExactly("export const MAX_PAGE " + number);
        }
    }
}
