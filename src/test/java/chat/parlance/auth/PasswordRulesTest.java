package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordRulesTest {

    private static final int MOST_COMMON = 10_000;

    private final PasswordRules rules = new PasswordRules(List.of("parlance", "chat.example.org"));

    @Test
    void shouldRefuseTheMostCommonPasswordsAsTheyAreAndDisguised() throws IOException {
        List<String> common =
                StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().subList(0, MOST_COMMON).stream()
                        .filter(password -> password.length() >= 8)
                        .toList();
        assertThat(common).hasSizeGreaterThan(2_000);
        for (String password : common) {
            assertThat(List.of(password, password.toUpperCase(Locale.ROOT), password + "1!", password + password))
                    .as(password)
                    .filteredOn(form -> form.length() <= 128)
                    .allSatisfy(this::assertWeak);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password1",
                "P@ssw0rd",
                "p4$$w0rd!",
                "passw0rd2026",
                "123password",
                "drowssap",
                "DROWSSAP1",
                "passwordpassword",
                "password123456789",
                "12345678",
                "87654321",
                "1234567890",
                "19841231",
                "abcdefgh",
                "ABCDEFGH1",
                "aaaaaaaaaaaa",
                "aaaabbbb",
                "abababab",
                "xkqxkqxkq",
                "qwertyuiop",
                "1q2w3e4r5t",
                "qwerty123",
                "iloveyou",
                "iloveyou2",
                "letmein!",
                "Letmein123",
                "monkey123",
                "dragon2024!",
                "football1",
                "Welcome1!",
                "admin1234",
                "trustno1!",
                "Summer2024",
                "ｐａｓｓｗｏｒｄ",
                "p a s s w o r d",
                // Passwords that are more common as words and names.
                "basketball",
                "chocolate",
                "alexander",
                "victoria",
                "elizabeth1",
                "Christmas1",
                "administrator",
                "California2025",
                // The user's and the site's own words.
                "alice.smith",
                "Alice.Smith",
                "alicesmith",
                "htims.ecila",
                "alice.smith1",
                "alice.smith2026!",
                "4lice.sm1th",
                "Liddell1865",
                "liddellalice",
                "aliceliddell",
                "Alice Liddell",
                "alice_liddell!",
                "wonderland",
                "wonderland99",
                "alicepassword",
                "Parlance1",
                "parlance!!",
                "3cnalrap",
                "parlanceadmin",
                "chat.example.org"
            })
    void shouldRefusePasswordsThatAreGuessedFirst(String password) {
        assertWeak(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "Correct-horse-7-battery",
                "staple of the nation",
                "a very long secret",
                "tomato-soup-7",
                "potato-soup-8",
                "wrong password of mine",
                "xK9#mQ2$vL",
                "83920174658392",
                "alice likes tomato soup",
                "пароль от сада",
                "庭の水やり当番表",
                "🍅🍅🥕🥔🧅🌽🥒🫑",
                "pässwörter im Garten"
            })
    void shouldAcceptPasswordsThatAreNotGuessedFirst(String password) {
        assertThat(check(password)).isNotEmpty();
    }

    @Test
    void shouldCountCodePointsAfterNormalisation() {
        assertThat(check("🍅🥕🥔🧅🌽🥒🫑🍆")).hasSize(16);
        assertMalformed("🍅🥕🥔🧅🌽🥒🫑");
        assertThat(check("ё".repeat(4) + "щткцюбьф")).hasSize(12);
        assertMalformed("e\u0301".repeat(4));
        assertThat(check("🍅🥕🥔🧅🌽🥒🫑🍆".repeat(16))).hasSize(256);
        assertMalformed("🍅🥕🥔🧅🌽🥒🫑🍆".repeat(16) + "x");
        assertMalformed("xK9#mQ2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "        ", "\u00A0\u2003\u3000\u00A0\u2003\u3000\u00A0\u2003", "xK9#mQ2$\u0000vL", "xK9#mQ2$\tvL",
                "xK9#mQ2$\u200BvL", "xK9#mQ2$\u202EvL", "\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B",
                        "xK9#mQ2$\uD83DvL"
            })
    void shouldRefuseBlanksAloneAndInvisibleCharacters(String password) {
        assertMalformed(password);
    }

    private String check(String password) {
        return rules.check(password, new UserId("alice.smith"), "Alice Liddell", "alice@wonderland.example");
    }

    private void assertWeak(String password) {
        assertThatThrownBy(() -> check(password))
                .as(password)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PASSWORD_WEAK));
    }

    private void assertMalformed(String password) {
        assertThatThrownBy(() -> check(password))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
