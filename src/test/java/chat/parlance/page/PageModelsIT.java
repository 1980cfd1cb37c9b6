package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Mentions;
import chat.parlance.model.UserId;
import chat.parlance.testing.NodeJs;
import chat.parlance.testing.RandomMarkdown;
import chat.parlance.text.EmojiNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models of the page, in Node.js, where a test decides the order of events. */
final class PageModelsIT {

    private static final int RANDOM_TEXTS = 5_000;
    private static final long SEED = 15;

    @Test
    void shouldShowARunOfTheRoomWithoutAGapInItsPresentState() {
        assertThat(NodeJs.runTests("timeline.test.mjs", Map.of())).isEqualTo(4);
    }

    @Test
    void shouldBeRightInAnyOrderOfEvents() {
        assertThat(NodeJs.runTests("page.test.mjs", Map.of())).isEqualTo(17);
    }

    @Test
    void shouldCountLikeTheServerInAnyOrderOfEvents() {
        assertThat(NodeJs.runTests("counts.test.mjs", Map.of())).isEqualTo(1);
    }

    @Test
    void shouldMeanTheMessagesThatTheUserSawWhenTheHistoryOfARoomChanges() {
        assertThat(NodeJs.runTests("page-history.test.mjs", Map.of())).isEqualTo(5);
    }

    @Test
    void shouldListAThousandRoomsInTheOrderOfTheUserAndFindThem() {
        assertThat(NodeJs.runTests("sidebar.test.mjs", Map.of())).isEqualTo(15);
    }

    @Test
    void shouldShowAdministratorsWhatTheServerAnswers() {
        assertThat(NodeJs.runTests("administration.test.mjs", Map.of())).isEqualTo(9);
    }

    @Test
    void shouldHaveItsTextsInOneCatalogueWholeInEachLanguage() {
        assertThat(NodeJs.runTests("words.test.mjs", Map.of())).isEqualTo(23);
        assertThat(NodeJs.runTests("language.test.mjs", Map.of())).isEqualTo(8);
        assertThat(NodeJs.runTests("named-users.test.mjs", Map.of())).isEqualTo(5);
    }

    @Test
    void shouldKeepTheDraftsOfAUserInAllTabs() {
        assertThat(NodeJs.runTests("drafts.test.mjs", Map.of())).isEqualTo(16);
    }

    @Test
    void shouldKeepACopyForAStartWithoutANetworkAndProveItBeforeItGoesOn() {
        assertThat(NodeJs.runTests("offline.test.mjs", Map.of())).isEqualTo(12);
    }

    @Test
    void shouldGoOnWithoutAStorageAndAskAFailingServerByAndBy() {
        assertThat(NodeJs.runTests("storage.test.mjs", Map.of())).isEqualTo(7);
    }

    @Test
    void shouldFormatAndMeasureTextsAndPostNoCommand() {
        assertThat(NodeJs.runTests("composer.test.mjs", Map.of())).isEqualTo(9);
    }

    @Test
    void shouldKnowTheThreadsThatTheUserFollows() {
        assertThat(NodeJs.runTests("threads.test.mjs", Map.of())).isEqualTo(8);
    }

    @Test
    void shouldSayHowFarTheUserHasRead() {
        assertThat(NodeJs.runTests("read-marks.test.mjs", Map.of())).isEqualTo(3);
    }

    @Test
    void shouldKeepTheUsersOwnStateAndFoldManyNotices() {
        assertThat(NodeJs.runTests("own-state.test.mjs", Map.of())).isEqualTo(8);
    }

    @Test
    void shouldReadAnyTextAsMarkdownInBoundedTime() throws IOException {
        try (InputStream specification = open("spec.txt")) {
            String text = new String(specification.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(NodeJs.runTests("markdown.test.mjs", Map.of("marked", marked(), "specification", text)))
                    .isEqualTo(7);
        }
    }

    @Test
    void shouldLookTheSameForAllUsersAndBeReadable() throws IOException {
        String script = library("org.webjars", "highlightjs", "highlight.min.js");
        assertThat(NodeJs.runTests("look.test.mjs", Map.of("highlight", script)))
                .isEqualTo(10);
    }

    @Test
    void shouldCloseThePanelAndThenTheConversationByBackOnAPhone() {
        assertThat(NodeJs.runTests("places.test.mjs", Map.of())).isEqualTo(23);
    }

    @Test
    void shouldCallByAKeyWhatTheTablesSay() {
        assertThat(NodeJs.runTests("keys.test.mjs", Map.of())).isEqualTo(19);
    }

    @Test
    void shouldSearchByChipsAndMarkOnlyMatches() throws IOException {
        assertThat(NodeJs.runTests("search.test.mjs", Map.of("marked", marked())))
                .isEqualTo(19);
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

    @Test
    void shouldFindEmojiByTheNamesThatTheServerKnows() throws IOException {
        try (InputStream module = open("page/library/emoji-data.js")) {
            String data = Base64.getEncoder().encodeToString(module.readAllBytes());
            assertThat(NodeJs.runTests("emoji.test.mjs", Map.of("data", data, "names", emojiNames())))
                    .isEqualTo(13);
        }
    }

    /** All names as users type them, also with skin tones, with the emoji that the server finds. */
    private static Map<String, Object> emojiNames() throws IOException {
        try (InputStream list = open("emoji.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("\t"))
                    .flatMap(line -> Stream.of(line.split("\t", -1)[4].split(" ", -1)))
                    .flatMap(name -> Stream.of(
                            name,
                            ":%s:".formatted(name),
                            name + "_tone5",
                            ":%s::skin-tone-2:".formatted(name),
                            name + "?"))
                    .collect(Collectors.toMap(
                            name -> name, name -> EmojiNames.find(name).orElse("")));
        }
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

    private static String marked() throws IOException {
        return library("org.webjars.npm", "marked", "lib/marked.esm.js");
    }

    /** A library as the node serves it, in Base64, because Node.js finds no module by its name here. */
    private static String library(String group, String artifact, String file) throws IOException {
        Properties maven = new Properties();
        try (InputStream in = open("META-INF/maven/%s/%s/pom.properties".formatted(group, artifact))) {
            maven.load(in);
        }
        String version = maven.getProperty("version");
        try (InputStream in = open("META-INF/resources/webjars/%s/%s/%s".formatted(artifact, version, file))) {
            return Base64.getEncoder().encodeToString(in.readAllBytes());
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(PageModelsIT.class.getClassLoader().getResourceAsStream(resource), resource);
    }
}
