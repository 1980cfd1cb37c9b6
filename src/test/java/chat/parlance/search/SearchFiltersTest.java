package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.MessageState;
import chat.parlance.model.SearchFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of a query, and what it says of a query that is wrong. */
final class SearchFiltersTest {

    @Test
    void shouldReadFilters() {
        SearchQuery query = SearchQueryTest.parse(
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
        assertThat(SearchQueryTest.parse(query).senders()).containsExactly(sender);
        assertThat(SearchQueryTest.parse(query).rooms()).containsExactly(room);
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
        SearchQuery read = SearchQuery.parse(query, SearchQueryTest.FORMS, new QueryOptions(ZoneId.of(zone), false));
        assertThat(read.from()).isEqualTo(from);
        assertThat(read.until()).isEqualTo(until);
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
        List<SearchFilter> filters = SearchQueryTest.parse(query).filters();
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
        EventBody.Message message = new EventBody.Message(new ClientId("m"), text, null, false)
                .in(new MessageState(null, pinned, null, List.of(), List.of(), null));
        assertThat(SearchQueryTest.parse(query).in(message).isPresent()).isEqualTo(found);
        assertThat(SearchQueryTest.parse(query).isSelective()).isTrue();
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
        assertThatThrownBy(() -> SearchQueryTest.parse(query)).hasMessageContaining(answer);
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
        assertThatThrownBy(() -> SearchQueryTest.parse(query))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
