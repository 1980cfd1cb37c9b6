package chat.parlance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import chat.parlance.testing.Documents;
import chat.parlance.testing.TestConfig;
import chat.parlance.testing.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

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
        ParlanceConfig config = TestConfig.load(
                List.of("--config", file.toString(), "--port", "1003"),
                Map.of("PARLANCE_HTTP_PORT", "1002", "PARLANCE_NODE_NAME", "from-environment", "HOME", "x"));
        assertThat(config.http().port()).isEqualTo(1003);
        assertThat(config.node().name()).isEqualTo("from-environment");
        assertThat(config.room().replayOnJoin()).isEqualTo(7);
        assertThat(config.room().catchUpLimit()).isEqualTo(1000);
    }

    @Test
    void shouldReportEveryProblemAtOnce() {
        assertThatThrownBy(() -> TestConfig.load(
                        List.of("--http.port=99999"),
                        Map.of("PARLANCE_ROOM_REPLAY_ON_JOIN", "many", "PARLANCE_HTTP_PROT", "1")))
                .isInstanceOf(StartupException.class)
                .message()
                .contains("flag --http.port: http.port is 99999, it must be a whole number of 0 to 65535")
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
        assertThatThrownBy(() -> TestConfig.load(List.of("--http.allowedOrigins=" + origin), Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("http.allowedOrigins");
        List<String> exact = List.of("https://chat.example.org", "http://127.0.0.1:8080", "https://[2001:db8::1]:8443");
        assertThat(TestConfig.load(List.of("--http.allowedOrigins=" + String.join(",", exact)), Map.of())
                        .http()
                        .allowedOrigins())
                .isEqualTo(exact);
    }

    @Test
    void shouldTakeNoAccessTokenOfMoreThanTenMinutes() {
        assertThat(TestConfig.load(List.of(), Map.of()).auth().lifetimes().accessTokenSeconds())
                .isLessThanOrEqualTo(600);
        assertThatThrownBy(() -> TestConfig.load(List.of("--auth.accessTokenSeconds=601"), Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("auth.accessTokenSeconds");
    }

    @Test
    void shouldReadSecretsFromFilesAndNeverPrintThem() throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, TestNode.KEY + "\n");
        ParlanceConfig config = TestConfig.load(List.of(), Map.of("PARLANCE_AUTH_KEY_FILE", file.toString()));
        assertThat(config.auth().key().expose()).isEqualTo(TestNode.KEY);
        assertThat(config.toString()).doesNotContain(TestNode.KEY);
        assertThatThrownBy(() -> TestConfig.load(List.of(), Map.of("PARLANCE_AUTH_KEY", "short-secret")))
                .message()
                .contains("auth.key", "openssl rand -base64 32")
                .doesNotContain("short-secret");
    }

    @Test
    void shouldSuggestTheVariableThatWasMeant() {
        assertThatThrownBy(() -> TestConfig.load(List.of(), Map.of("PARLANCE_HTTP_PROT", "1")))
                .hasMessageEndingWith("there is no key HTTP_PROT, did you mean PARLANCE_HTTP_PORT?");
        // Kubernetes has no such value of it.
        assertThatThrownBy(() -> TestConfig.load(List.of(), Map.of("PARLANCE_PORT", "8080")))
                .hasMessageEndingWith("there is no key PORT, did you mean PARLANCE_HTTP_PORT?");
    }

    /** All that Kubernetes makes of services called parlance and parlance-http, and the variables of docker-compose.yml. */
    @Test
    void shouldListWhatDiffersFromTheDefaultsWithoutSecrets() {
        ConfigFlags flags = new ConfigFlags();
        CommandSpec command = CommandSpec.create();
        flags.addTo(command);
        new CommandLine(command).parseArgs("--http.port=8080", "--node.name=here", "--search.languages=english");
        assertThat(ConfigLoader.changes(
                        flags,
                        Map.of(
                                "PARLANCE_POSTGRES_URI",
                                "postgresql://parlance:secret-word@db/parlance",
                                "PARLANCE_HTTP_HOST",
                                "0.0.0.0")))
                .containsExactly(
                        Map.entry("http.host", "0.0.0.0"),
                        Map.entry("node.name", "here"),
                        Map.entry("postgres.uri", "(set)"),
                        Map.entry("search.languages", "english"));
    }

    @Test
    void shouldRefuseAnUnknownFormatOfTheLog() {
        assertThatThrownBy(() -> TestConfig.load(List.of(), Map.of("PARLANCE_LOG_FORMAT", "xml")))
                .hasMessage("environment variable PARLANCE_LOG_FORMAT is xml, it must be text or json");
        assertThat(TestConfig.load(List.of(), Map.of("PARLANCE_LOG_FORMAT", "json")))
                .isNotNull();
    }

    @Test
    void shouldPassOverVariablesThatAreForOthers() {
        Map<String, String> environment = new HashMap<>();
        for (String service : List.of("PARLANCE", "PARLANCE_HTTP", "PARLANCE_POSTGRES_RW")) {
            environment.put(service + "_SERVICE_HOST", "10.96.0.7");
            environment.put(service + "_SERVICE_PORT", "8080");
            environment.put(service + "_SERVICE_PORT_HTTP_WEB", "8080");
            environment.put(service + "_PORT", "tcp://10.96.0.7:8080");
            environment.put(service + "_PORT_8080_TCP", "tcp://10.96.0.7:8080");
            environment.put(service + "_PORT_8080_TCP_PROTO", "tcp");
            environment.put(service + "_PORT_8080_TCP_PORT", "8080");
            environment.put(service + "_PORT_8080_TCP_ADDR", "10.96.0.7");
        }
        Pattern.compile("\\$\\{(PARLANCE_[A-Z_]+)")
                .matcher(Documents.read("docker-compose.yml"))
                .results()
                .forEach(variable -> environment.put(variable.group(1), "127.0.0.1:8080"));
        assertThat(environment).containsKeys("PARLANCE_PUBLISH", "PARLANCE_IMAGE");
        assertThat(TestConfig.load(List.of(), environment)).isEqualTo(TestConfig.load(List.of(), Map.of()));
        assertThat(ConfigLoader.ignoredVariables(environment))
                .containsExactlyElementsOf(new TreeSet<>(environment.keySet()));
        Map<String, String> own = Map.of("PARLANCE_HTTP_PORT", "8082", "PARLANCE_CLUSTER_BUS_PORT", "8083");
        assertThat(ConfigLoader.ignoredVariables(own)).isEmpty();
        assertThat(TestConfig.load(List.of(), own).http().port()).isEqualTo(8082);
    }
}
