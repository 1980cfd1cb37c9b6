package chat.parlance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FindingTest {

    @Test
    void shouldHaveEveryKindInTheTableOfTheOperators() {
        List<String> rows = Documents.read("docs/OPERATIONS.md")
                .lines()
                .dropWhile(line -> !line.equals("## Findings of verify"))
                .filter(line -> line.startsWith("| `"))
                .takeWhile(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(Finding.Kind.values())
                        .map(kind -> "| `%s` | %s | %s |".formatted(kind, kind.meaning(), kind.remedy()))
                        .toList());
    }
}
