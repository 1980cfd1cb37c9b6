package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names in the tests of the page: these share two nodes, so a user or room of one class must not be in another. */
final class NamesTest {

    private static final Path TESTS = Path.of("src/test/java/chat/parlance/page");
    private static final int KNOWN = 80;

    /** A call that creates a user or a room, to its first text, the name. */
    private static final Pattern CREATION =
            Pattern.compile("\\b(?:register|logIn|loggedIn|writer|createRoom)\\([^;\"]*\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");

    @Test
    void shouldBelongToOneClassEach() throws IOException {
        Map<String, Set<String>> classes = new TreeMap<>();
        for (Path test : tests()) {
            CREATION.matcher(Files.readString(test))
                    .results()
                    .map((MatchResult creation) -> creation.group(1))
                    .forEach(name -> classes.computeIfAbsent(name, ignored -> new TreeSet<>())
                            .add(test.getFileName().toString()));
        }
        assertThat(classes).hasSizeGreaterThan(KNOWN);
        assertThat(classes.entrySet())
                .allSatisfy(
                        name -> assertThat(name.getValue()).as(name.getKey()).hasSize(1));
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
