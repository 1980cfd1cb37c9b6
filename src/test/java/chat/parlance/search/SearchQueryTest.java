package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.text.SearchLanguage;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of a query, and where it finds them in a text. */
final class SearchQueryTest {

    static final WordForms FORMS = new WordForms(EnumSet.of(SearchLanguage.ENGLISH, SearchLanguage.KOREAN));
    private static final QueryOptions TYPING = new QueryOptions(ZoneOffset.UTC, true);

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
        tomato                   | two [tomatoes], tomorrow
        "tomato"                 | a [tomato], two tomatoes
        -tomato red              | [red] apples
        -tomato red              | two red tomatoes
        e-mail                   | an [e-mail], two [e-mails]
        “green tomatoes”         | [green tomatoes], green old tomatoes
        „green tomatoes“         | [green tomatoes], tomatoes green
        „green tomatoes”         | [green tomatoes], tomatoes green
        ”green tomatoes”         | [green tomatoes], tomatoes green
        “green tomatoes"         | [green tomatoes], tomatoes green
        »green tomatoes«         | [green tomatoes], tomatoes green
        « green tomatoes »       | [green tomatoes], tomatoes green
        ‹green tomatoes›         | [green tomatoes], tomatoes green
        ‚green tomatoes‘         | [green tomatoes], tomatoes green
        ‘green tomatoes’         | [green tomatoes], tomatoes green
        ’green tomatoes’         | [green tomatoes], tomatoes green
        'green tomatoes'         | [green tomatoes], tomatoes green
        ＂green tomatoes＂         | [green tomatoes], tomatoes green
        ＇green tomatoes＇         | [green tomatoes], tomatoes green
        「緑の」トマト               | [緑の][トマト]
        『緑の』                   | [緑の]トマト
        は"東京"と                 | [は]「[東京]」[と]
        -“old world” hello       | hello old world
        ‘don’t stop’             | [don't stop], stop
        5" nail                  | a [5]" [nail]
        5″ nail                  | a [5]" [nail]
        nail 5"                  | a [5]" [nail]
        5" and 6" nails          | [5]" [and] [6]" [nails]
        "5" nail"                | a [5]" [nail]
        " nail                   | a 5" [nail]
        "green tom*              | a [green] [tomato]
        green " tomato           | [green] [tomatoes]
        dogs' and cats'          | [cats] [and] [dogs]
        'tis so                  | [so] it '[tis]
        rock 'n' roll            | [rock]-[n]-[roll]
        don't                    | I [don’t], [donʼt] and [don＇t]
        donʼt                    | I [don't]
        l’été                    | à [l'été], [l’ete]
        été                      | à l'[été]
        צה"ל                     | [צה״ל]
        well‑known               | a [well-known] fact
        －green tomato            | a red [tomato]
        −green tomato            | a red [tomato]
        －green tomato            | a green tomato
        tom＊                     | a [tomato]
        tomato -                 | a [tomato]
        tomato ???               | a [tomato]
        STRASSE                  | die [Straße]
        straße                   | die [STRASSE]
        istanbul                 | [İSTANBUL], [Istanbul] and [ıstanbul]
        ｔｏｍａｔｏ　５              | [tomato] [5]
        tomato 5                 | [ｔｏｍａｔｏ] [５]
        カタカナ                   | [ｶﾀｶﾅ]
        ｶﾞﾗｽ                      | [ガラス]
        محمد                     | [مُحَمَّد]
        مُحَمَّد                     | [محمد]
        שלום                     | [שָׁלוֹם]
        שָׁלוֹם                     | [שלום]
        ตลาด                     | ไป[ตลาด]กัน
        👍                       | [👍]🏽 and [👍]
        🇩🇪                       | [🇩🇪] 🇪🇩
        ❤                        | with [❤]️
        👩‍🚀                       | [👩‍🚀]
        @alice                   | @[alice]: [alice]
        #garden                  | #[garden]
        report-v2.final.pdf      | see [report-v2.final.pdf]
        1,000,000                | [1.000.000] or [1 000 000]
        1'000                    | [1’000]
        서울                      | [서울에서] 만나요
        학교                      | [학교에] 가요
        학교에                     | [학교가] 좋아요
        집.                      | [집에] 집중
        집                       | [집에] [집중]
        "서울"                     | [서울], 서울에서
        ‏מחר                     | [מחר]
        """)
    void shouldFindWhereTheWordsAre(String query, String marked) {
        assertThat(marked(marked, parse(query))).hasToString(marked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        tom|a [tomato]
        green tom|a [green] [tomato]
        "green tom|a [green] [tomato]
        tom in:garden|a [tomato]
        tom has:link from:bob|a [tomato]
        tom in:garden |a [tomato]
        tom  |[tom], tomato
        tom -red|a [tom], tomato
        tom ?|a [tom], tomato
        tom "red"|a [tom] [red], tomato
        tomatoes|a [tomato], [tomatoesque]
        "green tom"|a [green tom], green tomato
        in:garden tom|a [tomato]
        tom |[tom], tomato
        tom!|[tom], tomato
        t|[t], tomato
        -tom red|[red] tomato
        red -tom|[red] tomato
        東|[東]京
        tomato from:|a [tomato]
        tomato in:|a [tomato]
        tomato before:2026-0|a [tomato]
        서|[서울에서]
        서우|[서울에서], 서점
        서ㅇ|[서울에서]
        학|[학교]
        café au la|un [cafe] [au] [lait]
        Straß|[Strasse]
        œuv|[oeuvre]
        Ελλά|[ελλαδα]
        مح|[مُحَمَّد]
        нов|[новости]
        नम|[नमस्ते]
        นที|[นที่]
        東京タ|[東京タ]ワー
        ガ|[ｶﾞ]ﾗｽ
        👍|[👍]🏽
        𐐀|[𐐀], 𐐀𐐁
        don't st|I [don’t] [stop]
        """)
    void shouldTakeTheLastWordForABeginning(String query, String marked) {
        assertThat(marked(marked, SearchQuery.parse(query, FORMS, TYPING))).hasToString(marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from:", "in:garden from:", "before:2026-0", "tomato before:2026-0 in:garden", "...", "-tom"})
    void shouldSayWhatIsWrongWhileThereIsNothingToSearchForYet(String query) {
        assertThatThrownBy(() -> SearchQuery.parse(query, FORMS, TYPING)).isInstanceOf(ChatException.class);
    }

    @Test
    void shouldBoundQueries() {
        assertRefused("x".repeat(SearchQuery.MAX_LENGTH + 1));
        assertRefused("word ".repeat(SearchQuery.MAX_CLAUSES + 1));
        assertRefused("\"" + "a ".repeat(SearchQuery.MAX_TERMS + 1) + "\"");
        assertRefused("from:alice ".repeat(SearchQuery.MAX_NAMES + 1));
        assertThat(parse("word ".repeat(SearchQuery.MAX_CLAUSES)).required()).hasSize(SearchQuery.MAX_CLAUSES);
    }

    @Test
    void shouldTakeAnyTextForAQueryOrSayWhatIsWrong() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {
            "\"",
            "“",
            "«",
            "’",
            "＂",
            "on:",
            "from：",
            "has:link",
            "is:",
            "\u200f",
            "학교에",
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
                parse(typed.toString()).in(typed.toString());
                read++;
            } catch (ChatException refused) {
                assertThat(refused.code()).as("seed %d, query %s", seed, typed).isEqualTo(ErrorCode.BAD_REQUEST);
            }
        }
        assertThat(read).as("seed %d", seed).isPositive();
    }

    @Test
    void shouldBoundTheFormsOfAllWords() {
        String words = "집 ".repeat(SearchQuery.MAX_CLAUSES);
        int forms = parse(words).required().stream().mapToInt(Clause::forms).sum();
        assertThat(forms)
                .isBetween(
                        SearchQuery.MAX_FORMS,
                        SearchQuery.MAX_FORMS + FORMS.of("집").size() + SearchQuery.MAX_CLAUSES);
    }

    @ParameterizedTest
    @CsvSource({"tomato, tomato", "tomatoes, tomato", "baking, bak", "city, cit", "2026, 2026", "집, 집", "학교에, 학교"})
    void shouldTellTheBeginningOfAllForms(String query, String beginning) {
        assertThat(parse(query).required().getFirst().words().getFirst().beginning())
                .isEqualTo(beginning);
    }

    static SearchQuery parse(String typed) {
        return SearchQuery.parse(typed, FORMS, QueryOptions.NONE);
    }

    /** The text without its brackets, with brackets around what the query finds in it. */
    private static StringBuilder marked(String marked, SearchQuery query) {
        String text = marked.replaceAll("[\\[\\]]", "");
        StringBuilder shown = new StringBuilder(text);
        query.in(text)
                .orElse(List.of())
                .reversed()
                .forEach(range -> shown.insert(range.end(), ']').insert(range.start(), '['));
        return shown;
    }

    private static void assertRefused(String query) {
        assertThatThrownBy(() -> parse(query)).isInstanceOf(ChatException.class);
    }
}
