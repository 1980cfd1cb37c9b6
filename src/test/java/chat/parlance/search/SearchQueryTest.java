package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.TextRange;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchQueryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        hello                    | say [Hello] world
        hello world              | [world], [hello]
        "hello world"            | the [hello, world]!
        "hello world"            | hello new world
        hel*                     | [Help], [hello], ahel
        "good mor*"              | [good morning]
        well-known               | a [well-known] fact, known well
        example.org              | at [example.org], org example
        -world hello             | [hello] there
        -world hello             | hello world
        -"old world" hello world | [hello] new [world]
        -"old world" hello world | hello old world
        cafe                     | le [CAFÉ]
        don’t                    | I [don't] know
        東京                      | [東京]タワーと[東京]
        京                        | 東[京]タワー
        京タワ                    | 東[京タワ]ー
        京都                      | 東京と都
        東京 abc                  | [abc][東京]
        ワー                      | タ[ワー]
        🎉                        | nice [🎉]!
        ...hello...              | [hello]
        c++                      | [C] and [c]++
        12:30                    | at [12:30]
        https://example.org/x    | see [https://example.org/x]
        """)
    void shouldFindWhereTheWordsAre(String query, String marked) {
        String text = marked.replaceAll("[\\[\\]]", "");
        List<TextRange> ranges = SearchQuery.parse(query).in(text).orElse(List.of());
        StringBuilder shown = new StringBuilder(text);
        ranges.reversed().forEach(range -> shown.insert(range.end(), ']').insert(range.start(), '['));
        assertThat(shown).hasToString(marked);
    }

    @Test
    void shouldReadFilters() {
        SearchQuery query = SearchQuery.parse(
                "from:alice FROM:@Bob in:#garden after:2026-01-01 before:2026-02-01T12:00:00+01:00 before:2027-01-01");
        assertThat(query.senders()).containsExactly("alice", "bob");
        assertThat(query.rooms()).containsExactly("garden");
        assertThat(query.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(query.until()).isEqualTo(Instant.parse("2026-02-01T11:00:00Z"));
        assertThat(query.required()).isEmpty();
        assertThat(query.in("anything")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "...",
                "-",
                "*",
                "\"\"",
                "-hello",
                "\"hello",
                "hello \"wor",
                "from:",
                "in: garden",
                "before:",
                "before:yesterday",
                "before:2026-13-01",
                "after:2026-02-30",
                "after:2026-01-01Tnoon",
                "-from:alice",
                "after:99999-01-01",
                "before:+12026-01-01T00:00:00Z",
                "a\u0000b",
                "\ud800"
            })
    void shouldSayWhatIsWrong(String query) {
        assertThatThrownBy(() -> SearchQuery.parse(query))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldBoundQueries() {
        assertRefused("x".repeat(SearchQuery.MAX_LENGTH + 1));
        assertRefused("word ".repeat(SearchQuery.MAX_CLAUSES + 1));
        assertRefused("\"" + "a ".repeat(SearchQuery.MAX_TERMS + 1) + "\"");
        assertRefused("from:alice ".repeat(SearchQuery.MAX_NAMES + 1));
        assertThat(SearchQuery.parse("word ".repeat(SearchQuery.MAX_CLAUSES)).required())
                .hasSize(SearchQuery.MAX_CLAUSES);
    }

    @Test
    void shouldTakeAnyTextForAQueryOrSayWhatIsWrong() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {
            "\"",
            "-",
            "*",
            "from:",
            "in:",
            "before:",
            "after:",
            " ",
            "a",
            "東",
            "🎉",
            "'",
            "\\",
            "&",
            "|",
            "!",
            "(",
            ")",
            "<->",
            ":",
            "~",
            "@",
            "2026-01-01",
            "T",
            "\u0000",
            "\ud83c",
            "%",
            ";",
            "\u00a0"
        };
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder typed = new StringBuilder();
            for (int piece = random.nextInt(12); piece > 0; piece--) {
                typed.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                SearchQuery.parse(typed.toString()).in(typed.toString());
                read++;
            } catch (ChatException refused) {
                assertThat(refused.code()).as("seed %d, query %s", seed, typed).isEqualTo(ErrorCode.BAD_REQUEST);
            }
        }
        assertThat(read).as("seed %d", seed).isPositive();
    }

    private static void assertRefused(String query) {
        assertThatThrownBy(() -> SearchQuery.parse(query)).isInstanceOf(ChatException.class);
    }
}
