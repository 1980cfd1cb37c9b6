package chat.parlance.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LooksTest {

    @ParameterizedTest
    @CsvSource({
        "Alice, Alice",
        "Alice, alice",
        "Alice, ALICE",
        "Alice, \u0410lice",
        "Alice, AIice",
        "Alice, \u0410l\u0456\u0441\u0435",
        "Bob, \u0412ob",
        "Bob, \uFF22\uFF4F\uFF42",
        "paypal, paypa1",
        "Bob Smith, B\u03BFb Smith",
        "modern, modem",
        "\u0639\u0644\u06CC\u200C\u0631\u0636\u0627, \u0639\u0644\u06CC\u0631\u0636\u0627",
        "\u2764 Alice, \u2764\uFE0F Alice"
    })
    void shouldFindNamesThatLookAlike(String one, String other) {
        assertThat(Collections.disjoint(Looks.of(one), Looks.of(other))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Alice, Bob", "Alice, Alicia", "Zoe, Zo\u00eb", "Alice S., Alice T.", "\u9234\u6728, \u4f50\u85e4"})
    void shouldTellOtherNamesApart(String one, String other) {
        assertThat(Collections.disjoint(Looks.of(one), Looks.of(other))).isTrue();
    }
}
