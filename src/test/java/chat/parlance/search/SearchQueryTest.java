package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.MessageState;
import chat.parlance.model.SearchFilter;
import chat.parlance.text.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchQueryTest {

    private static final WordForms FORMS = new WordForms(EnumSet.of(Language.ENGLISH, Language.KOREAN));
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

    @Test
    void shouldReadFilters() {
        SearchQuery query = parse(
                "from:alice FROM:@Bob in:#garden after:2026-01-01 before:2026-02-01T12:00:00+01:00 before:2027-01-01");
        assertThat(query.senders()).containsExactly("alice", "bob");
        assertThat(query.rooms()).containsExactly("garden");
        assertThat(query.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(query.until()).isEqualTo(Instant.parse("2026-02-01T11:00:00Z"));
        assertThat(query.required()).isEmpty();
        assertThat(query.in("anything")).contains(List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        from:"alice" in:„garden“       | alice | garden
        ｆｒｏｍ：＠Alice IN：＃Garden        | alice | garden
        ‎from:alice in:garden          | alice | garden
        from:"alice smith" in:garden   | alice smith | garden
        """)
    void shouldReadNamesAsTelephonesWriteThem(String query, String sender, String room) {
        assertThat(parse(query).senders()).containsExactly(sender);
        assertThat(parse(query).rooms()).containsExactly(room);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        after:2026-01-15                    | Pacific/Kiritimati | 2026-01-14T10:00:00Z | -
        before:2026-01-15                   | Pacific/Pago_Pago  | -                    | 2026-01-15T11:00:00Z
        on:2026-01-15                       | Asia/Kathmandu     | 2026-01-14T18:15:00Z | 2026-01-15T18:15:00Z
        on:2026-01-15                       | +05:30             | 2026-01-14T18:30:00Z | 2026-01-15T18:30:00Z
        on:2026-01-15                       | UTC                | 2026-01-15T00:00:00Z | 2026-01-16T00:00:00Z
        on:2026-03-29                       | Europe/Berlin      | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z
        on:2026-10-25                       | Europe/Berlin      | 2026-10-24T22:00:00Z | 2026-10-25T23:00:00Z
        on:2026-04-24                       | Africa/Cairo       | 2026-04-23T22:00:00Z | 2026-04-24T21:00:00Z
        after:2026-01-15T12:00              | Asia/Tokyo         | 2026-01-15T03:00:00Z | -
        after:2026-01-15T12:00:30           | Asia/Tokyo         | 2026-01-15T03:00:30Z | -
        after:2026-01-15T12:00Z             | Asia/Tokyo         | 2026-01-15T12:00:00Z | -
        after:2026-01-15t12:00:00.5+01:00   | Asia/Tokyo         | 2026-01-15T11:00:00.5Z | -
        after:２０２６-01-15                 | UTC                | 2026-01-15T00:00:00Z | -
        on:2026-01-15 before:2026-01-15T10:00Z after:2026-01-01 | UTC | 2026-01-15T00:00:00Z | 2026-01-15T10:00:00Z
        """)
    void shouldBeginADayWhenItBeginsForTheReader(
            String query, String zone, @Nullable Instant from, @Nullable Instant until) {
        SearchQuery read = SearchQuery.parse(query, FORMS, new QueryOptions(ZoneId.of(zone), false));
        assertThat(read.from()).isEqualTo(from);
        assertThat(read.until()).isEqualTo(until);
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
    @CsvSource(delimiter = '|', quoteCharacter = '\0', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        tomato||
        from:alice tomato|from=alice|from:alice
        tomato FROM:@Alice |from=alice|FROM:@Alice
        in:„Garden“ x|in=garden|in:„Garden“
        from:"alice smith"|from=alice smith|from:"alice smith"
        \u200efrom:\u200ealice tomato|from=alice|from:\u200ealice
        has:LINK|has=link|has:LINK
        is:pinned on:2026-01-15|is=pinned,on=2026-01-15|is:pinned,on:2026-01-15
        ｆｒｏｍ：bob x|from=bob|ｆｒｏｍ：bob
        𐐀 after:2026-01-15T12:00z|after=2026-01-15t12:00z|after:2026-01-15T12:00z
        "from:alice" x||
        """)
    void shouldTellTheFiltersOfAQueryWithTheirPlaces(
            String query, @Nullable String expected, @Nullable String written) {
        List<SearchFilter> filters = parse(query).filters();
        assertThat(filters.stream()
                        .map(filter -> filter.name() + "=" + filter.value())
                        .collect(Collectors.joining(",")))
                .isEqualTo(Objects.requireNonNullElse(expected, ""));
        assertThat(filters.stream()
                        .map(filter -> query.substring(
                                filter.range().start(), filter.range().end()))
                        .collect(Collectors.joining(",")))
                .isEqualTo(Objects.requireNonNullElse(written, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        has:link           | see https://example.org | false | true
        has:link           | see nothing             | true  | false
        is:pinned          | see nothing             | true  | true
        is:pinned          | see https://example.org | false | false
        is:pinned has:link | see https://example.org | true  | true
        is:pinned has:link | see nothing             | true  | false
        is:pinned red      | see nothing             | true  | false
        """)
    void shouldAskForTraitsOfAMessage(String query, String text, boolean pinned, boolean found) {
        EventBody.Message message = new EventBody.Message(
                new ClientId("m"), text, null, null, List.of(), new MessageState(null, pinned, 0, null, List.of()));
        assertThat(parse(query).in(message).isPresent()).isEqualTo(found);
        assertThat(parse(query).isSelective()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from:", "in:garden from:", "before:2026-0", "tomato before:2026-0 in:garden", "...", "-tom"})
    void shouldSayWhatIsWrongWhileThereIsNothingToSearchForYet(String query) {
        assertThatThrownBy(() -> SearchQuery.parse(query, FORMS, TYPING)).isInstanceOf(ChatException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        ???         | Punctuation alone cannot be found: give a word, an emoji, or one of from: in: on: before: after: has:link is:pinned
        from:       | from: needs a value right after it, such as from:alice
        in:         | in: needs a value right after it, such as in:garden
        before:noon | before: needs a day or a time, such as before:2026-01-31 or before:2026-01-31T12:00:00Z
        has:picture | has: needs link, such as has:link
        is:unread   | is: needs pinned, such as is:pinned
        on:2026     | on: needs a day, such as on:2026-01-31
        -tomato     | A search that only leaves out needs a word or a filter too
        """)
    void shouldSayWhatToType(String query, String answer) {
        assertThatThrownBy(() -> parse(query)).hasMessageContaining(answer);
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
                "\" „ '",
                "from:\"\"",
                "on:",
                "on:2026-01-31T12:00",
                "after:2026-01-31T12",
                "before:2026-01-31T12:00+19:00",
                "from:",
                "in: garden",
                "before:",
                "before:yesterday",
                "before:2026-13-01",
                "after:2026-02-30",
                "after:2026-01-01Tnoon",
                "-from:alice",
                "-has:link",
                "has:",
                "is:",
                "after:99999-01-01",
                "before:+12026-01-01T00:00:00Z",
                "a\u0000b",
                "\ud800"
            })
    void shouldSayWhatIsWrong(String query) {
        assertThatThrownBy(() -> parse(query))
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

    private static SearchQuery parse(String typed) {
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
