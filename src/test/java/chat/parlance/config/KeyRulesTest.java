package chat.parlance.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRulesTest {

    /** Random keys of each form. */
    private static final int RANDOM_KEYS = 2_000;

    private static final long SEED = 20_261_130;

    private static final List<Function<byte[], String>> SPELLINGS = List.of(
            HexFormat.of()::formatHex,
            Base64.getEncoder()::encodeToString,
            Base64.getUrlEncoder().withoutPadding()::encodeToString);

    /** Text that a reader may mistake for a key: a long word, or the value of a setting for one. */
    private static final Pattern KEY_LIKE = Pattern.compile("[A-Za-z0-9+/_~.-]{32,}=*"
            + "|(?<=(?:KEY|SECRET|auth\\.key|cluster\\.secret)[ =:]{1,4}[\"']?)[^\"'\\n]{32,}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short-secret",
                "31 bytes are not quite enough!!",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "0123456789abcdef0123456789abcdef",
                "12345678901234567890123456789012",
                "98765432109876543210987654321098",
                "abcdefghijklmnopqrstuvwxyzabcdef",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
                "ThisIsMyVeryLongKeyForTheChat2026",
                "Dies-Ist-Ein-Langer-Satz-Von-Mir-2026",
                "changemechangemechangemechangeme",
                "${PARLANCE_AUTH_KEY:-Zk3vQ9pLm2xT7bWcR4yN8}",
                "changeme-changeme-changeme-CHANGEME-1234567",
                "ThisIsMyVeryLongSecretKeyForParlance2026",
                "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
                "deadbeefdeadbeefdeadbeefcafebabe",
                "qX7qX7qX7qX7qX7qX7qX7qX7qX7qX7qX7qX7",
                "Zk3vQ9pLm2Zk3vQ9pLm2Zk3vQ9pLm2Zk3vQ9pLm2",
                "1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y",
                "qwertyuiopasdfghjklzxcvbnm1234567890",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "dGhpcy1pcy1hLXNlY3JldC1rZXktZm9yLXBhcmxhbmNl",
                "at-least-32-bytes-that-nobody-can-guess",
                "a secret for tests of at least 32 bytes",
                "another key for tests of 32 bytes or more",
                "change-me-to-a-random-string-of-32-bytes",
                "thisisaverylongsecretkeyforparlance",
                "YOUR_SECRET_KEY_HERE_AT_LEAST_32_CHARS",
                "MySuperSecretKeyForJwtTokenSigning123456",
                "correct-horse-battery-staple-correct-horse",
                "parlance-parlance-parlance-secret-key",
                "secret-key-for-local-development-only-2024",
                "the quick brown fox jumps over the lazy dog",
                "lorem ipsum dolor sit amet consectetur adipiscing",
                "00000000-0000-4000-8000-000000000000",
                "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
                "1qaz!QAZ2wsx@WSX3edc#EDC4rfv$RFV",
                "zaq12wsxcde34rfvbgt56yhnmju78ik,.lo90p;/",
                "qazWSXedcRFVtgbYHNujmIKolp1234567",
                "1q2w3e4r5t6y7u8i9o0pQ1W2E3R4T5Y6",
                "QWErtyUIOpASDfghJKLzxcVBNm,./1234!@#$",
                "Qwertyuiop-Asdfghjkl-Zxcvbnm-2024!!",
                "AZERTYuiopQSDFGHjklmWXCVBN1234567890",
                "QWERTZuiopASDFGHjklYXCVBNM1234567890",
                "QWFPgjluyARSTdhneioZXCVbkm1234567890",
                "aoeuIDHTNS',.pyfGCRL;qjkxbmWVZ1234567",
                "йцукенГШЩЗХЪфывапРОЛДЖЭячсмитьБЮ1234567890",
                "django-insecure-r!)+o@o+0i2amyor^6it+u&p#wqal*!8q55!cntxfbn!8mqp1i",
                "31415926535897932384626433832795",
                "base64:J63qRTDLub5NuZvP+kb8YIorGS6qFYHKVo6u7179stY=",
                "09D25E094FAA6CA2556C818166B7A956"
            })
    void shouldRefuseKeysThatCanBeGuessed(String key) {
        assertThat(KeyRules.fault(key)).isPresent();
    }

    /** Texts that a tool has encoded, with its line break. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
                "qwertyuiopasdfghjklzxcvbnm1234567890\n",
                "йцукенгшщзхъфывапролджэ",
                "correct horse battery staple\r\n"
            })
    void shouldRefuseAGuessableTextInEverySpelling(String text) {
        assertRefused(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource
    void shouldRefuseAPublishedKeyInEverySpelling(String published) {
        if (published.length() >= 32) {
            assertThat(KeyRules.fault(published)).isPresent();
        }
        assertRefused(published.getBytes(UTF_8));
        if (published.matches("[0-9a-fA-F]+")) {
            assertRefused(HexFormat.of().parseHex(published));
        } else if (published.matches("[\\w+/-]{43}=?|[\\w-]{86}")) {
            assertRefused(
                    Base64.getUrlDecoder().decode(published.replace('+', '-').replace('/', '_')));
        }
    }

    static Stream<String> shouldRefuseAPublishedKeyInEverySpelling() throws IOException {
        return Stream.concat(
                Documents.read("src/main/resources/keys/published.txt")
                        .lines()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#")),
                // Other keys of RFC 4231.
                Stream.of("4a656665".repeat(8), "aa".repeat(20), "aa".repeat(131)));
    }

    private static void assertRefused(byte[] key) {
        for (Function<byte[], String> spelling : SPELLINGS) {
            String spelt = spelling.apply(key);
            if (spelt.length() >= 32) {
                assertThat(KeyRules.fault(spelt)).as(spelt).isPresent();
            }
        }
    }

    @Test
    void shouldTakeRandomKeysInEveryUsualForm() {
        List<Function<byte[], String>> forms = new ArrayList<>(SPELLINGS);
        forms.add(random -> HexFormat.of().withUpperCase().formatHex(random, 0, 16));
        forms.add(random -> Base64.getEncoder().encodeToString(Arrays.copyOf(random, 24)));
        Random random = new Random(SEED);
        for (Function<byte[], String> form : forms) {
            for (int i = 0; i < RANDOM_KEYS; i++) {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                String key = form.apply(bytes);
                assertThat(KeyRules.fault(key)).as(key).isEmpty();
            }
        }
    }

    @Test
    void shouldRefuseEveryKeyThatADocumentShows() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Path document : documents()) {
            KEY_LIKE.matcher(Documents.read(document.toString())).results().forEach(match -> shown.add(match.group()));
        }
        assertThat(shown)
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(KeyRules.fault(key)).as(key).isPresent());
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(
                Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("docker-compose.yml"), Path.of("Dockerfile")));
        for (String folder :
                List.of("docs", "conf", "docker", "src/main/resources/api", "src/main/resources/reference")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file ->
                                Files.isRegularFile(file) && !file.toString().endsWith(".png"))
                        .forEach(documents::add);
            }
        }
        return documents;
    }
}
