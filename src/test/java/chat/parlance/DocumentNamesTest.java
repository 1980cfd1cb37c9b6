package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names in the documents exist: files and headings that they link, and classes, files, profiles and flags. */
final class DocumentNamesTest {

    /** A link to a file or a heading of this project. */
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s:#]*)(?:#([^)\\s]+))?\\)");

    /** Code in a line, in which a bracket is no link. */
    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** A path below the root of the project, of a file or folder that is not built. */
    private static final Pattern PATH = Pattern.compile("`((?:conf|docker|docs|packaging|src)/[\\w./-]+)`");

    /** A class, or a member of one. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*)(?:\\.\\w+)?`");

    private static final Pattern PROFILE = Pattern.compile("(?<= )-P([a-z-]+)");
    private static final Pattern FLAG = Pattern.compile("(?<=[ `(])-D([A-Za-z.]+)");

    /** Flags of Maven and its plugins, which pom.xml does not have to name. */
    private static final Set<String> FLAGS_OF_MAVEN = Set.of("it.test", "skipITs", "skipTests", "test");

    /** Documents whose classes are this project's. */
    private static final List<String> ABOUT_CODE = List.of("docs/ARCHITECTURE.md", "CONTRIBUTING.md");

    /** Names in them that are of Java or of browsers. */
    private static final Set<String> OF_PLATFORMS = Set.of("Future", "Intl");

    static List<String> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkOnlyFilesAndHeadingsThatAreThere(String document) {
        LINK.matcher(CODE.matcher(Documents.read(document)).replaceAll(""))
                .results()
                .forEach(link -> {
                    Path target = link.group(1).isEmpty()
                            ? Path.of(document)
                            : Path.of(document).resolveSibling(link.group(1));
                    assertThat(target).exists();
                    if (link.group(2) != null) {
                        assertThat(headings(target)).as(link.group()).contains(link.group(2));
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameOnlyPathsThatAreThere(String document) {
        for (String path : found(document, PATH)) {
            assertThat(Path.of(path)).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameOnlyProfilesAndFlagsThatThereAre(String document) throws IOException {
        String build = Documents.read("pom.xml");
        for (String profile : found(document, PROFILE)) {
            assertThat(build).contains("<id>" + profile + "</id>");
        }
        Set<String> read = propertiesOfTests();
        for (String flag : found(document, FLAG)) {
            assertThat(FLAGS_OF_MAVEN.contains(flag)
                            || read.contains(flag)
                            || build.contains("<" + flag + ">")
                            || build.contains("<name>!" + flag + "</name>"))
                    .as("-D" + flag)
                    .isTrue();
        }
    }

    @Test
    void shouldNameOnlyClassesThatThereAre() throws IOException {
        Set<String> classes = new TreeSet<>(OF_PLATFORMS);
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            sources.map(Path::toString)
                    .filter(name -> name.matches(".*\\.(java|js|mjs)"))
                    .forEach(name -> {
                        classes.add(Path.of(name).getFileName().toString().replaceAll("\\..*", ""));
                        Pattern.compile("\\bclass ([A-Z]\\w*)")
                                .matcher(Documents.read(name))
                                .results()
                                .forEach(found -> classes.add(found.group(1)));
                    });
        }
        for (String document : ABOUT_CODE) {
            assertThat(found(document, CLASS))
                    .as(document)
                    .hasSizeGreaterThan(20)
                    .isSubsetOf(classes);
        }
    }

    /** System properties that tests read. */
    private static Set<String> propertiesOfTests() throws IOException {
        Pattern property = Pattern.compile("(?:getProperty|getInteger|getLong|getBoolean)\\(\\s*\"([a-zA-Z.]+)\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            return sources.filter(source -> source.toString().endsWith(".java"))
                    .flatMap(source -> property.matcher(read(source)).results().map(match -> match.group(1)))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Anchors of a document's headings, as GitHub makes them. */
    private static Set<String> headings(Path document) {
        return HEADING.matcher(Documents.read(document.toString()))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> found(String document, Pattern pattern) {
        return pattern.matcher(Documents.read(document))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
