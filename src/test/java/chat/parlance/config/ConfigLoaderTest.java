package chat.parlance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import chat.parlance.testing.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {

    @TempDir
    private Path folder;

    @Test
    void shouldNameExplainAndDefaultEveryKeyInThePackagedFile() {
        Map<String, YamlKeys.Leaf> packaged = ConfigReference.defaults();
        assertThat(packaged.keySet())
                .containsExactlyInAnyOrderElementsOf(ConfigKey.all().keySet());
        assertThat(packaged)
                .allSatisfy(
                        (key, leaf) -> assertThat(leaf.description()).as(key).isNotBlank());
    }

    @Test
    void shouldLetLaterSourcesWin() throws IOException {
        Path file = folder.resolve("parlance.yaml");
        Files.writeString(file, "http:\n  port: 1001\nroom:\n  replayOnJoin: 7\nnode:\n  name: from-file\n");
        ParlanceConfig config = ConfigLoader.load(
                List.of("--config", file.toString(), "--port", "1003"),
                Map.of("PARLANCE_HTTP_PORT", "1002", "PARLANCE_NODE_NAME", "from-environment", "HOME", "x"));
        assertThat(config.http().port()).isEqualTo(1003);
        assertThat(config.node().name()).isEqualTo("from-environment");
        assertThat(config.room().replayOnJoin()).isEqualTo(7);
        assertThat(config.room().catchUpLimit()).isEqualTo(1000);
    }

    @Test
    void shouldReportEveryProblemAtOnce() {
        assertThatThrownBy(() -> ConfigLoader.load(
                        List.of("--http.port=99999", "--nope=1"),
                        Map.of("PARLANCE_ROOM_REPLAY_ON_JOIN", "many", "PARLANCE_HTTP_PROT", "1")))
                .isInstanceOf(StartupException.class)
                .message()
                .contains("flag --http.port: http.port is 99999, it must be a whole number of 0 to 65535")
                .contains("there is no key nope")
                .contains("PARLANCE_ROOM_REPLAY_ON_JOIN: room.replayOnJoin is many")
                .contains("environment variable PARLANCE_HTTP_PROT: there is no key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "chat.example.org",
                "https://*.example.org",
                "https://chat.example.org/",
                "https://Chat.example.org",
                "https://alice@chat.example.org",
                "https://chat.example.org:443",
                "http://chat.example.org:80",
                "ftp://chat.example.org",
                "https://chat.example.org?x",
            })
    void shouldTakeExactOriginsOnly(String origin) {
        assertThatThrownBy(() -> ConfigLoader.load(List.of("--http.allowedOrigins=" + origin), Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("http.allowedOrigins");
        List<String> exact = List.of("https://chat.example.org", "http://127.0.0.1:8080", "https://[2001:db8::1]:8443");
        assertThat(ConfigLoader.load(List.of("--http.allowedOrigins=" + String.join(",", exact)), Map.of())
                        .http()
                        .allowedOrigins())
                .isEqualTo(exact);
    }

    @Test
    void shouldTakeNoAccessTokenOfMoreThanTenMinutes() {
        assertThat(ConfigLoader.load(List.of(), Map.of()).auth().accessTokenSeconds())
                .isLessThanOrEqualTo(600);
        assertThatThrownBy(() -> ConfigLoader.load(List.of("--auth.accessTokenSeconds=601"), Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("auth.accessTokenSeconds");
    }

    @Test
    void shouldReadSecretsFromFilesAndNeverPrintThem() throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, TestNode.KEY + "\n");
        ParlanceConfig config = ConfigLoader.load(List.of(), Map.of("PARLANCE_AUTH_KEY_FILE", file.toString()));
        assertThat(config.auth().key().expose()).isEqualTo(TestNode.KEY);
        assertThat(config.toString()).doesNotContain(TestNode.KEY);
        assertThatThrownBy(() -> ConfigLoader.load(List.of(), Map.of("PARLANCE_AUTH_KEY", "short-secret")))
                .message()
                .contains("auth.key", "openssl rand -base64 32")
                .doesNotContain("short-secret");
    }
}
