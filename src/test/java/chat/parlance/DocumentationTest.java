package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ErrorCode;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.JsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documents say is so. */
final class DocumentationTest {

    private final String protocol = read("docs/PROTOCOL.md");

    @Test
    void shouldListEveryErrorCodeAsItIs() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(protocol)
                    .contains("| `%s` | %d | %s | %s |"
                            .formatted(code.code(), code.status(), code.retryable() ? "yes" : "no", code.title()));
        }
        assertThat(protocol.lines().filter(line -> line.matches("\\| `[a-z_.]+` \\| \\d{3} .*")))
                .hasSize(ErrorCode.values().length);
    }

    @Test
    void shouldListEveryCloseCode() {
        for (CloseCode code : CloseCode.values()) {
            assertThat(protocol).containsPattern("(?m)^\\|[ 0-9,]*\\b" + code.code() + "\\b");
        }
    }

    @Test
    void shouldShowFramesThatTheServerTakes() {
        List<String> shown = protocol.lines()
                .filter(line -> line.startsWith("→ "))
                .map(line -> line.substring(2))
                .toList();
        assertThat(shown)
                .hasSize(16)
                .allSatisfy(frame -> assertThat(JsonCodec.decode(frame)).isNotInstanceOf(ClientFrame.Invalid.class));
    }

    @Test
    void shouldNameOnlyFilesThatAreThere() {
        for (String document : List.of("README.md", "docs/ARCHITECTURE.md", "docs/CONTRACT.md")) {
            read(document)
                    .lines()
                    .flatMap(line -> java.util.regex.Pattern.compile("]\\(([^)#:]+)\\)")
                            .matcher(line)
                            .results()
                            .map(match -> match.group(1)))
                    .forEach(target ->
                            assertThat(Path.of(document).resolveSibling(target)).exists());
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
