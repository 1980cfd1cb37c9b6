package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenizerTest {

    @Test
    void shouldFoldDifferencesThatASearchIgnores() {
        assertThat(values("Café CAFÉ cafe\u0301 ﬁn ＦＵＬＬ")).containsExactly("cafe", "cafe", "cafe", "fin", "full");
        assertThat(values("Straße STRASSE Œuvre Łódź Ærø"))
                .containsExactly("strasse", "strasse", "oeuvre", "lodz", "aero");
        assertThat(values("İstanbul istanbul ISTANBUL ısı")).containsExactly("istanbul", "istanbul", "istanbul", "isi");
        assertThat(values("ΟΔΟΣ οδός")).containsExactly("οδοσ", "οδοσ");
        assertThat(values("Ёлка елка")).containsExactly("елка", "елка");
        assertThat(values("مُحَمَّد محمد")).containsExactly("محمد", "محمد");
        assertThat(values("٢٠٢٦ 2026")).containsExactly("2026", "2026");
        assertThat(values("soft\u00adhyphen zero\u200bwidth")).containsExactly("softhyphen", "zerowidth");
    }

    @Test
    void shouldKeepMarksThatMakeAnotherLetter() {
        assertThat(values("か")).isNotEqualTo(values("が"));
        assertThat(values("ｶﾞ")).isEqualTo(values("ガ"));
        assertThat(values("नमस्ते दुनिया")).containsExactly("नमस्ते", "दुनिया");
        assertThat(values("한국어")).containsExactly("한국어");
    }

    @Test
    void shouldCutAddressesIdentifiersAndNumbersIntoTheirParts() {
        assertThat(values("https://example.org/a-b?q=3.14#x_y"))
                .containsExactly("https", "example", "org", "a", "b", "q", "3", "14", "x", "y");
        assertThat(values("alice@example.org, well-known; parseURL2"))
                .containsExactly("alice", "example", "org", "well", "known", "parseurl2");
    }

    @Test
    void shouldTakeAnEmojiForATerm() {
        assertThat(values("nice🎉🎉 👍🏽 ❤️")).containsExactly("nice", "🎉", "🎉", "👍", "❤");
    }

    @Test
    void shouldPairTheCharactersOfScriptsWithoutSpaces() {
        assertThat(values("東京タワー!")).containsExactly("東京", "京タ", "タワ", "ワー", "ー");
        assertThat(values("中")).containsExactly("中");
        assertThat(values("iPhone用")).containsExactly("iphone", "用");
        assertThat(values("ที่นี่")).containsExactly("ที่นี่", "นี่");
    }

    @Test
    void shouldTellWhereATermCameFrom() {
        String text = "Ein Café, 東京!";
        assertThat(Tokenizer.of(text))
                .extracting(term -> text.substring(term.start(), term.end()))
                .containsExactly("Ein", "Café", "東京", "京");
        assertThat(Tokenizer.of(text)).extracting(Term::position).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shouldBoundTermsOfAnyText() {
        assertThat(Tokenizer.of("a ".repeat(50_000))).hasSize(Tokenizer.MAX_TERMS);
        assertThat(values("x".repeat(500))).containsExactly("x".repeat(Tokenizer.MAX_TERM_LENGTH));
        assertThat(Tokenizer.of("\ufdfa ".repeat(30_000)).stream()
                        .mapToInt(term -> term.value().length())
                        .sum())
                .isLessThanOrEqualTo(Tokenizer.MAX_CHARS + Tokenizer.MAX_TERM_LENGTH);
        assertThat(Tokenizer.of("")).isEmpty();
        assertThat(Tokenizer.of("\u0301\u200d ... !?")).isEmpty();
    }

    /** Property that the vectors in Postgres rely on, which are written without escapes. */
    @Test
    void shouldHaveNothingInATermThatMeansSomethingToPostgres() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(12), 1, 0x20000)
                    .filter(character -> character < 0xD800 || character > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            for (Term term : Tokenizer.of(text)) {
                assertThat(term.value())
                        .as("seed %d, text %s", seed, text)
                        .isNotEmpty()
                        .doesNotContainPattern("[\\s'\\\\~:@]");
                assertThat(term.start()).isLessThan(term.end());
                assertThat(term.firstEnd()).isBetween(term.start() + 1, term.end());
            }
        }
    }

    private static List<String> values(String text) {
        return Tokenizer.of(text).stream().map(Term::value).toList();
    }
}
