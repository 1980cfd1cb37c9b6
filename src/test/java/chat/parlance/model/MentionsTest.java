package chat.parlance.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MentionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "@alice hi                     | alice",
                "hi @alice, and (@bob)!        | alice bob",
                "that was @alice.              | alice",
                "@a.b-c_d: ok                  | a.b-c_d",
                "@alice @alice                 | alice",
                "\"@alice's\"                  | alice",
                "mail to me@alice or x@bob.net | \"\"",
                "@Alice @ @. @@bob //@bob      | \"\"",
                "@a                            | \"\"",
                "no names                      | \"\"",
            })
    void shouldFindWhoIsNamed(String text, String expected) {
        assertThat(Mentions.in(text).stream().map(UserId::value).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void shouldNameNobodyInATextThatIsGone() {
        assertThat(Mentions.in(null)).isEqualTo(List.of());
    }

    @Test
    void shouldStopAtItsBound() {
        String all = IntStream.range(0, 99).mapToObj(i -> "@user" + i).collect(Collectors.joining(" "));
        assertThat(Mentions.in(all)).hasSize(Mentions.MAX);
    }
}
