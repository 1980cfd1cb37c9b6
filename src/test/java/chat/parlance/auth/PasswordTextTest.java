package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PasswordTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
        an accent in two code points, cafe\u0301 am Platz, caf\u00E9 am Platz
        Korean letters in parts, \u1112\u1161\u11AB\u1100\u1173\u11AF 말, 한글 말
        wide letters, ｔｏｍａｔｏ soup, tomato soup
        narrow kana, ｶﾞｰﾃﾞﾝ party, ガーデン party
        a ligature, ﬁne tomatoes, fine tomatoes
        an ideographic space, tomato\u3000soup, tomato soup
        a space that does not break, tomato\u00A0soup, tomato soup
        an Ogham space, tomato\u1680soup, tomato soup
        """)
    void shouldMakeOneOfTheFormsOfAText(String difference, String typed, String other) {
        assertThat(PasswordText.of(typed)).isEqualTo(PasswordText.of(other)).isPresent();
        assertThat(PasswordText.of(PasswordText.of(typed).orElseThrow())).isEqualTo(PasswordText.of(typed));
    }

    @ParameterizedTest
    @CsvSource({"Tomato soup,tomato soup", "tomato  soup,tomato soup", "tomato soup.,tomato soup", "ss soup,ß soup"})
    void shouldKeepApartWhatDiffers(String one, String other) {
        assertThat(PasswordText.of(one)).isPresent().isNotEqualTo(PasswordText.of(other));
    }
}
