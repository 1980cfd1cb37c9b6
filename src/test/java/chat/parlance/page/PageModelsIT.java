package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Mentions;
import chat.parlance.model.UserId;
import chat.parlance.testing.NodeJs;
import chat.parlance.testing.RandomMarkdown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page holds, in Node.js: there a test says what comes first. */
final class PageModelsIT {

    private static final int RANDOM_TEXTS = 5_000;
    private static final long SEED = 15;

    @Test
    void shouldShowARunOfTheRoomWithoutAGapInItsPresentState() {
        assertThat(NodeJs.runTests("timeline.test.mjs", Map.of())).isEqualTo(4);
    }

    @Test
    void shouldBeRightWhateverComesFirst() {
        assertThat(NodeJs.runTests("page.test.mjs", Map.of())).isEqualTo(15);
    }

    @Test
    void shouldMeanTheMessagesThatTheUserSawWhenTheHistoryOfARoomChanges() {
        assertThat(NodeJs.runTests("page-history.test.mjs", Map.of())).isEqualTo(3);
    }

    @Test
    void shouldKeepTheDraftsOfAUserInAllTabs() {
        assertThat(NodeJs.runTests("drafts.test.mjs", Map.of())).isEqualTo(10);
    }

    @Test
    void shouldGoOnWithoutAStorageAndAskAFailingServerByAndBy() {
        assertThat(NodeJs.runTests("storage.test.mjs", Map.of())).isEqualTo(7);
    }

    @Test
    void shouldReadAnyTextAsMarkdownInBoundedTime() throws IOException {
        try (InputStream specification = open("spec.txt")) {
            String text = new String(specification.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(NodeJs.runTests("markdown.test.mjs", Map.of("marked", marked(), "specification", text)))
                    .isEqualTo(5);
        }
    }

    @Test
    void shouldCloseThePanelAndThenTheConversationByBackOnAPhone() {
        assertThat(NodeJs.runTests("places.test.mjs", Map.of())).isEqualTo(11);
    }

    @Test
    void shouldKnowWhatHasToBeDrawnAgain() {
        assertThat(NodeJs.runTests("redraw.test.mjs", Map.of())).isEqualTo(7);
    }

    @Test
    void shouldMarkTheMentionsThatTheServerFinds() throws IOException {
        assertThat(NodeJs.runTests("mentions.test.mjs", Map.of("marked", marked(), "texts", randomTexts())))
                .isEqualTo(7);
    }

    /** Texts in Markdown with the users that the server finds in them. */
    private static List<Map<String, Object>> randomTexts() {
        Random random = new Random(SEED);
        return Stream.generate(() -> RandomMarkdown.next(random))
                .limit(RANDOM_TEXTS)
                .map(text -> Map.<String, Object>of("text", text, "mentions", named(text)))
                .toList();
    }

    private static List<String> named(String text) {
        return Mentions.in(text).stream().map(UserId::value).toList();
    }

    /** The library as the node serves it, in Base64: Node.js finds no module by its name here. */
    private static String marked() throws IOException {
        Properties maven = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars.npm/marked/pom.properties")) {
            maven.load(in);
        }
        try (InputStream in =
                open("META-INF/resources/webjars/marked/" + maven.getProperty("version") + "/lib/marked.esm.js")) {
            return Base64.getEncoder().encodeToString(in.readAllBytes());
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(PageModelsIT.class.getClassLoader().getResourceAsStream(resource), resource);
    }
}
