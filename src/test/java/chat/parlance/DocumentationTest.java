package chat.parlance;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.config.ConfigKeys;
import chat.parlance.error.ErrorCode;
import chat.parlance.error.ExitCode;
import chat.parlance.json.JsonCodec;
import chat.parlance.operations.Metrics;
import chat.parlance.operations.NodeBuild;
import chat.parlance.persistence.PoolState;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.protocol.CloseCode;
import chat.parlance.search.SearchIndexer;
import chat.parlance.testing.Alerts;
import chat.parlance.testing.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents agree with the code. */
final class DocumentationTest {

    private static final List<String> DOCUMENTS = List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "docs/ARCHITECTURE.md",
            "docs/CLIENTS.md",
            "docs/CONTRACT.md",
            "docs/OPERATIONS.md",
            "docs/PROTOCOL.md",
            "docs/USING.md",
            "SECURITY.md");

    private static final Pattern CONDITION =
            Pattern.compile("Condition\\.of\\([^;]*?\"([^\"]+)\",\\s*\"([^\"]+)\"\\)", Pattern.DOTALL);

    /** A test class, and possibly a method of it. */
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:#(\\w+))?`");

    private final String protocol = Documents.read("docs/PROTOCOL.md");

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
                .hasSize(20)
                .allSatisfy(frame -> assertThat(JsonCodec.decode(frame)).isNotInstanceOf(ClientFrame.Invalid.class));
    }

    @Test
    void shouldNameOnlyMetricsThatThereAre() {
        List<String> counted = metrics().toList();
        for (String document : DOCUMENTS) {
            assertThat(found(document, "parlance_(?!pat_|bot_)[a-z_]+(\\{[^}]*})?"))
                    .as(document)
                    .allSatisfy(metric -> assertThat(counted)
                            .anyMatch(line -> line.matches("(# HELP )?" + Pattern.quote(metric) + "[ {].*")));
        }
        assertThat(found("docs/CONTRACT.md", "parlance_[a-z_]+")).hasSizeGreaterThan(10);
    }

    /** Metrics of a node with all parts. */
    private static Stream<String> metrics() {
        Metrics metrics = new Metrics();
        metrics.countPeers(() -> 0);
        metrics.countConnections(() -> 0, 1);
        metrics.observeCluster(Optional::empty, List::of);
        metrics.describe(new NodeBuild("here", "0", "", 1));
        metrics.observeReadiness(() -> true);
        metrics.countHashes(() -> 0);
        metrics.observePools(workload -> new PoolState(0, 1, 0));
        metrics.observeIndexer(() -> new SearchIndexer.Backlog(0, 0));
        metrics.http().answered("page", 200, 0);
        return metrics.scrape().lines();
    }

    @Test
    void shouldListEveryMetric() {
        Set<String> listed = found("docs/OPERATIONS.md", "parlance_[a-z_]+");
        assertThat(metrics()
                        .filter(line -> line.startsWith("# HELP parlance_"))
                        .map(line -> line.split(" ", 4)[2])
                        .filter(metric -> !metric.endsWith("_seconds_max") && !metric.endsWith("_messages_max")))
                .hasSizeGreaterThan(40)
                .isSubsetOf(listed);
    }

    @Test
    void shouldSayWhatToDoForEveryAlert() {
        assertThat(Documents.read("docs/OPERATIONS.md")
                        .lines()
                        .filter(line ->
                                line.matches("\\| `Parlance[A-Za-z]+` \\((page|ticket)\\) \\| [^|]+ \\| [^|]+ \\|"))
                        .map(line -> line.replaceAll("^\\| `|\\) \\|.*", "")))
                .containsExactlyElementsOf(Alerts.all().values().stream()
                        .map(rule -> rule.name() + "` (" + rule.severity())
                        .toList());
    }

    @Test
    void shouldNameOnlyKeysThatThereAre() {
        Set<String> keys = ConfigKeys.all();
        Set<String> sections = keys.stream()
                .map(key -> key.replaceAll("\\..*", ""))
                .filter(section -> !keys.contains(section))
                .collect(toSet());
        Set<String> others = Stream.concat(
                        Stream.of(ErrorCode.values()).map(ErrorCode::code), Stream.of("room.head", "room.head_stamp"))
                .collect(toSet());
        String key = "(?<=[`-])(" + String.join("|", sections) + ")(\\.[A-Za-z_]+)+\\b";
        for (String document : DOCUMENTS) {
            assertThat(found(document, key))
                    .as(document)
                    .filteredOn(named -> !others.contains(named) && !named.endsWith(".mjs"))
                    .isSubsetOf(keys);
        }
        assertThat(found("docs/CONTRACT.md", key)).hasSizeGreaterThan(10);
    }

    @Test
    void shouldListEveryConditionOfTheLog() throws IOException {
        String operations = Documents.read("docs/OPERATIONS.md");
        List<String> rows;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            rows = sources.filter(source -> source.toString().endsWith(".java"))
                    .flatMap(source -> CONDITION
                            .matcher(Documents.read(source.toString()))
                            .results()
                            .map(match -> "| `%s` | `%s` |".formatted(match.group(1), match.group(2))))
                    .toList();
        }
        assertThat(rows)
                .hasSizeGreaterThan(5)
                .allSatisfy(row -> assertThat(operations).contains(row));
        assertThat(operations.lines().filter(line -> line.matches("\\| `[^`]+` \\| `[^`]+` \\| [^|]+ \\|")))
                .hasSameSizeAs(rows);
    }

    @Test
    void shouldListEveryExitCodeInOneTable() {
        List<String> rows = Documents.read("docs/OPERATIONS.md")
                .lines()
                .filter(line -> line.matches("\\| \\d+ \\| [^|]+ \\|"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(ExitCode.values())
                        .map(code -> "| %d | %s |".formatted(code.code(), code.meaning()))
                        .toList());
    }

    /** SECURITY.md names a test for each probe. */
    @Test
    void shouldNameAnExistingTestForEveryProbe() throws IOException {
        Map<String, String> tests;
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            tests = sources.filter(source -> source.toString().endsWith(".java"))
                    .collect(toMap(
                            source -> source.getFileName().toString().replace(".java", ""),
                            source -> Documents.read(source.toString()),
                            String::concat));
        }
        List<String> probes = Documents.read("SECURITY.md")
                .lines()
                .filter(line -> line.matches("\\| (?!Probe )[^-].*\\|"))
                .toList();
        assertThat(probes).hasSizeGreaterThan(60).allSatisfy(probe -> {
            List<MatchResult> named = TEST.matcher(probe).results().toList();
            assertThat(named)
                    .as(probe)
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(tests.get(test.group(1)))
                            .as(test.group())
                            .contains(test.group(2) == null ? "void should" : "void " + test.group(2) + "("));
        });
    }

    private static Set<String> found(String document, String pattern) {
        return Pattern.compile(pattern)
                .matcher(Documents.read(document))
                .results()
                .map(MatchResult::group)
                .collect(toSet());
    }
}
