package chat.parlance.text;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.TextRules;
import com.ibm.icu.text.UnicodeSet;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of emoji, and the list that the build creates of them for node and page. */
final class EmojiNamesTest {

    private static final String LIGHTEST = "\uD83C\uDFFB";
    private static final String TONES = "[\\x{1F3FB}-\\x{1F3FF}]";

    private static final long MAX_CPU_MS = 250;

    /** Fields of the lines of the list. */
    private static final List<String[]> LISTED = listed();

    @Test
    void shouldFindAnEmojiByEachOfItsNames() {
        Map<String, String> named = named();
        assertThat(named).hasSizeGreaterThan(3_000);
        Map<String, String> found = named.keySet().stream()
                .collect(toMap(name -> name, name -> EmojiNames.find(name).orElse("none")));
        assertThat(found).isEqualTo(named);
        assertThat(named.keySet())
                .allSatisfy(
                        name -> assertThat(EmojiNames.find(":" + name + ":")).contains(named.get(name)));
    }

    @Test
    void shouldFindAnEmojiInEachSkinToneThatItHas() {
        for (String[] fields : LISTED) {
            String name = fields[4].split(" ", -1)[0];
            if (fields[1].isEmpty()) {
                assertThat(EmojiNames.find(name + "_tone1")).as(name).isEmpty();
                assertThat(EmojiNames.find(":" + name + "::skin-tone-2:"))
                        .as(name)
                        .isEmpty();
            } else {
                assertThat(IntStream.rangeClosed(1, 5)
                                .mapToObj(tone ->
                                        EmojiNames.find(name + "_tone" + tone).orElseThrow()))
                        .as(name)
                        .containsExactlyElementsOf(inAllTones(fields[1]));
                assertThat(IntStream.rangeClosed(2, 6)
                                .mapToObj(tone -> EmojiNames.find(":%s::skin-tone-%s:".formatted(name, tone))
                                        .orElseThrow()))
                        .as(name)
                        .containsExactlyElementsOf(inAllTones(fields[1]));
            }
        }
    }

    /**
     * The picker offers each emoji that is allowed in a reaction, and no other; two people in different tones have no
     * name.
     */
    @Test
    void shouldOfferTheEmojiThatAReactionMayBe() {
        Set<String> offered = LISTED.stream()
                .flatMap(fields -> Stream.concat(
                        Stream.of(fields[0]), fields[1].isEmpty() ? Stream.of() : inAllTones(fields[1]).stream()))
                .collect(toSet());
        assertThat(offered)
                .allSatisfy(emoji -> assertThat(TextRules.emoji(emoji)).isEqualTo(emoji));
        UnicodeSet accepted = new UnicodeSet("[:RGI_Emoji:]");
        Set<String> ofOneTone = accepted.stream()
                .filter(emoji -> !Emoji.isComponent(emoji))
                .filter(emoji -> emoji.codePoints()
                                .filter(point -> Character.toString(point).matches(TONES))
                                .distinct()
                                .count()
                        < 2)
                .collect(toSet());
        assertThat(ofOneTone.stream().filter(emoji -> !offered.contains(emoji)))
                .as("accepted, and not offered")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smile, 😄",
        "joy, 😂",
        "thumbsup, 👍",
        "thumbs_up, 👍",
        "Thumbs-Up, 👍",
        "+1, 👍",
        "-1, 👎",
        "red_heart, ❤️",
        "flag_de, 🇩🇪",
        "flag-de, 🇩🇪",
        "flag_germany, 🇩🇪",
        "family_man_woman_girl, 👨‍👩‍👧",
        "man-woman-girl, 👨‍👩‍👧",
        "check, ✅",
        "piñata, 🪅"
    })
    void shouldKnowTheNamesOfOtherChats(String name, String emoji) {
        assertThat(EmojiNames.find(name)).contains(emoji);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "::", "tomatoe", "👍", "+", "wave_tone6", ":wave::skin-tone-1:", "a b"})
    void shouldFindNoEmojiWithoutItsName(String typed) {
        assertThat(EmojiNames.find(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                ":tada:|🎉",
                "Well done :tada: :TADA:|Well done 🎉 🎉",
                ":smile::heart:|😄❤️",
                ":wave::skin-tone-4::tada:|👋🏽🎉",
                "(:thumbs_up:), :-1:!|(👍), 👎!",
                "_:wave:_ **:wave:**|_👋_ **👋**",
                "好的:tada:|好的🎉",
                "> :tada:|> 🎉",
                "[:tada:](https://a.example/:tada:)|[🎉](https://a.example/:tada:)",
                // Code, addresses, escapes, and texts that are no names.
                "`:tada:` :tada:|`:tada:` 🎉",
                "``a ` :tada:`` :x:|``a ` :tada:`` ❌",
                "`open :tada:|`open 🎉",
                "```\\n:tada:\\n```\\n:tada:|```\\n:tada:\\n```\\n🎉",
                "https://a.example/:tada:|https://a.example/:tada:",
                "https://a.example:100:|https://a.example:100:",
                "\\\\:tada:|\\\\:tada:",
                "10:100:30|10:100:30",
                "std::x::y|std::x::y",
                "no:x:no|no:x:no",
                ":tomatoe: :tada|:tomatoe: :tada",
                "\uE000 :tada: `:x:` \uE001|\uE000 🎉 `:x:` \uE001"
            })
    void shouldReplaceNamesInTheProseOfAText(String typed, String said) {
        assertThat(EmojiNames.replaceIn(typed.replace("\\n", "\n").replace("\\\\", "\\")))
                .isEqualTo(said.replace("\\n", "\n").replace("\\\\", "\\"));
    }

    @Test
    void shouldFindNamesByTheirBeginningAndTheirParts() {
        assertThat(EmojiNames.search(":heart:", 100).entrySet().iterator().next())
                .isEqualTo(Map.entry("heart", "❤️"));
        assertThat(EmojiNames.search("heart", 100)).containsValues("😍", "💙").doesNotContainValue("🎉");
        assertThat(EmojiNames.search("rock", 1)).isEqualTo(Map.of("rock", "🪨"));
        assertThat(EmojiNames.search("tomatoe", 20)).isEmpty();
    }

    /** Texts on which a rule that rereads its input would take long. */
    @ParameterizedTest
    @ValueSource(strings = {":", ":a", ":x:", "::", ":x: ", "`:x:", "[:x:](", ":+", ":_-", "a:::skin-tone-2"})
    void shouldReadAnyTextInBoundedTime(String part) {
        String text = part.repeat(EmojiNames.MAX_SCANNED / part.length());
        EmojiNames.replaceIn(text);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        EmojiNames.replaceIn(text);
        assertThat((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000)
                .isLessThan(MAX_CPU_MS);
    }

    private static List<String> inAllTones(String lightest) {
        return IntStream.rangeClosed(0x1F3FB, 0x1F3FF)
                .mapToObj(tone -> lightest.replace(LIGHTEST, Character.toString(tone)))
                .toList();
    }

    private static Map<String, String> named() {
        Map<String, String> named = new HashMap<>();
        for (String[] fields : LISTED) {
            for (String name : fields[4].split(" ", -1)) {
                assertThat(named.put(name, fields[0])).as(name).isNull();
            }
        }
        return named;
    }

    private static List<String[]> listed() {
        try (InputStream in = Objects.requireNonNull(EmojiNames.class.getResourceAsStream("/emoji.txt"))) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
                    .filter(line -> !line.isEmpty() && !line.startsWith("\t"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
