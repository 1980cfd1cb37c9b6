package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Form of personal and bot tokens. */
final class AccessTokenTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @ParameterizedTest
    @EnumSource
    void shouldMakeTokensOfTheDocumentedForm(AccessToken.Kind kind) {
        AccessToken one = AccessToken.make(kind, RANDOM);
        assertThat(one.text())
                .matches("parlance_(pat|bot)_[0-9A-Za-z]{36}")
                .contains(kind.name().toLowerCase(Locale.ROOT));
        assertThat(AccessToken.isOne(one.text())).isTrue();
        assertThat(AccessToken.parse(one.text())).isEqualTo(one);
        assertThat(AccessToken.make(kind, RANDOM)).isNotEqualTo(one);
        assertThat(one.digest()).hasSize(32);
        assertThat(one.toString()).doesNotContain(one.text().substring(15));
    }

    /** The checksum by another program: python3 -c 'import zlib; print(zlib.crc32(b"parlance_pat_" + b"0" * 30))'. */
    @Test
    void shouldHaveTheCrc32InBase62AtTheEnd() {
        assertThatCode(() -> AccessToken.parse("parlance_pat_" + "0".repeat(30) + "0HoVbf"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseEveryMistypedCharacter() {
        String text = AccessToken.make(AccessToken.Kind.PAT, RANDOM).text();
        for (int i = 0; i < text.length(); i++) {
            String typo = text.substring(0, i) + (text.charAt(i) == 'x' ? 'y' : 'x') + text.substring(i + 1);
            assertRefused(typo);
        }
        assertRefused(text.substring(0, text.length() - 1));
        assertRefused(text + "0");
        assertRefused(text.replace("_pat_", "_bot_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "parlance_", "parlance_pat_", "parlance_pat_000000000000000000000000000000000000\n"})
    void shouldRefuseOtherTexts(String text) {
        assertRefused(text);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> AccessToken.parse(text))
                .as(text)
                .isInstanceOf(ChatException.class)
                .hasMessage("The token is invalid or has expired");
    }
}
