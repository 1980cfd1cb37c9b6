package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.text.Drawing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test vectors are the page's too: {@code mentions.test.mjs}. */
final class MentionsTest {

    private static final Path VECTORS = Path.of("src/test/vectors/mentions.json");

    /** Limit of CPU time for a whole text; one takes a few milliseconds once the code is warm. */
    private static final Duration LONGEST_SCAN = Duration.ofMillis(100);

    private static final int WARM_UP = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Stream<Arguments> vectors() throws IOException {
        return new JsonArray(Files.readString(VECTORS))
                .stream()
                        .map(JsonObject.class::cast)
                        .map(vector -> Arguments.of(
                                vector.getString("text"),
                                vector.getJsonArray("mentions").getList()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldFindMentionsLikeThePage(String text, List<String> expected) {
        assertThat(named(text)).isEqualTo(expected);
    }

    @Test
    void shouldFindNoMentionsInADeletedText() {
        assertThat(Mentions.in(null)).isEqualTo(List.of());
    }

    /** The storing transaction keeps the members among them. */
    @Test
    void shouldFindAllNamesUpToTheBoundOfTheText() {
        String all = IntStream.range(0, 99).mapToObj(i -> "@user" + i).collect(Collectors.joining(" "));
        assertThat(Mentions.in(all)).hasSize(99);
        assertThat(named("a ".repeat(Mentions.MAX_SCANNED / 2 - 2) + "@bob @alice"))
                .containsExactly("bob");
    }

    /** Parts of texts of full length; each text takes time in proportion to its length, and none needs a deep stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ">",
                "[a](",
                "![",
                "[",
                "`",
                "` `` ",
                "*",
                "_a ",
                "*a _b ",
                "<",
                "<a:",
                "<@",
                "](<",
                "\\",
                "\\@",
                "&",
                "- ",
                "> - ",
                "1. ",
                "@a ",
                "@ab",
                "a.",
                "http://",
                "www.",
                "[a]: ",
                "~~~\n",
                "\n>",
                "[a](<b",
                "*a**",
                "- a\n  ",
                "a/",
                "-.",
                "@a-",
                "請@bob",
                "@a.",
                "a@",
                "a@b",
                "a@b:",
                "1.1.",
                "[::",
                "[a:",
                "[::1]:1",
                "a.aa",
                "xn--a.",
                "@xn-",
                "é.",
                "http://a(",
                "www.](",
                "hhttp",
                "|",
                "|a\n|-\n",
                "|a|\n",
                "~~a ",
                "```~"
            })
    void shouldReadAnythingInABoundedTime(String part) {
        String text = part.repeat(Mentions.MAX_SCANNED / part.length()) + "@bob";
        assertThat(timeOf(() -> Mentions.in(text))).isLessThan(LONGEST_SCAN);
        // An entity at the beginning: it may be blank, so the text is parsed to check that it shows anything.
        assertThat(timeOf(() -> Drawing.showsAnything("&nbsp;" + text))).isLessThan(LONGEST_SCAN);
    }

    private static Duration timeOf(Runnable scan) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i <= WARM_UP; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            scan.run();
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
        }
        return Duration.ofNanos(best);
    }

    private static List<String> named(String text) {
        return Mentions.in(text).stream().map(UserId::value).toList();
    }
}
