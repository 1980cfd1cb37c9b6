package chat.parlance.config;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRulesTest {

    private static final int RANDOM_KEYS = 300;
    private static final long SEED = 20_261_130;

    /** Text that a reader may take for a key: a long word, or the value of a setting for one. */
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
                "00000000-0000-4000-8000-000000000000"
            })
    void shouldRefuseWhatCanBeGuessed(String key) {
        assertThat(KeyRules.fault(key)).isPresent();
    }

    @Test
    void shouldTakeRandomKeysInEveryUsualForm() {
        List<Function<byte[], String>> forms = List.of(
                HexFormat.of()::formatHex,
                Base64.getEncoder()::encodeToString,
                Base64.getUrlEncoder().withoutPadding()::encodeToString,
                random -> HexFormat.of().withUpperCase().formatHex(random, 0, 16));
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
