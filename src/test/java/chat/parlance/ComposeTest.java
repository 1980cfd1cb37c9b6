package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.testing.Documents;
import chat.parlance.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Least privilege in docker-compose.yml, without a Docker engine; {@code docker/smoke} tests it with one. */
final class ComposeTest {

    private static final String CHAT_USER = "10001";
    private static final String POSTGRES_USER = "999";

    private final Map<String, Object> compose = yaml("docker-compose.yml");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectory(folder.resolve("chat"));
        Files.createDirectory(folder.resolve("postgres"));
    }

    @Test
    void shouldMountInEachServiceOnlyItsOwnFiles() {
        assertThat(mounts("chat")).containsExactly("chat-secrets:/secrets:ro");
        assertThat(mounts("postgres"))
                .containsExactly(
                        "postgres:/var/lib/postgresql",
                        "postgres-secrets:/secrets:ro",
                        "./docker/create-role.sh:/docker-entrypoint-initdb.d/create-role.sh:ro");
        assertThat(mounts("balancer")).containsExactly("./conf/haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro");
        assertThat(mounts("secrets"))
                .containsExactly(
                        "chat-secrets:/secrets/chat",
                        "postgres-secrets:/secrets/postgres",
                        "./docker/make-secrets:/make-secrets:ro");
        assertThat(map(compose, "services")).containsOnlyKeys("chat", "postgres", "balancer", "secrets");
        assertThat(map(compose, "volumes")).containsOnlyKeys("postgres", "chat-secrets", "postgres-secrets");
        assertThat(map(yaml("docker/smoke.yml"), "services")).containsOnlyKeys("smoke");
        assertThat(service(yaml("docker/smoke.yml"), "smoke")).doesNotContainKeys("volumes", "environment", "ports");
    }

    @Test
    void shouldGiveNoServiceMoreThanItNeeds() {
        Map<String, Object> services = map(compose, "services");
        for (String name : services.keySet()) {
            Map<String, Object> service = service(compose, name);
            assertThat(service)
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"));
            assertThat(map(map(service, "logging"), "options")).as(name).containsKeys("max-size", "max-file");
        }
        for (String name : List.of("chat", "postgres", "balancer")) {
            Map<String, Object> limits = map(map(map(service(compose, name), "deploy"), "resources"), "limits");
            assertThat(limits).as(name).containsKeys("memory", "pids");
        }
        assertThat(service(compose, "secrets")).containsEntry("network_mode", "none");
        assertThat(service(compose, "chat")).doesNotContainKeys("ports", "user", "cap_add");
        assertThat(service(compose, "postgres"))
                .doesNotContainKeys("ports", "cap_add")
                .containsEntry("user", "postgres");
        assertThat(map(map(compose, "networks"), "inside")).containsOnly(Map.entry("internal", true));
    }

    @Test
    void shouldLetTwoDeploymentsRunBesideEachOther() {
        assertThat(compose).doesNotContainKey("name");
        assertThat(map(compose, "networks").values())
                .filteredOn(Objects::nonNull)
                .noneMatch(network -> network.toString().contains("subnet"));
    }

    @Test
    void shouldDescribeEachVariable() {
        Set<String> variables = Pattern.compile("\\$\\{(PARLANCE_[A-Z_]+)")
                .matcher(Documents.read("docker-compose.yml"))
                .results()
                .map(variable -> variable.group(1))
                .collect(Collectors.toSet());
        assertThat(variables).contains("PARLANCE_NODES", "PARLANCE_PUBLISH");
        for (String variable : variables) {
            assertThat(Documents.read("docker-compose.yml")).contains("#   " + variable + " ");
            assertThat(Documents.read("docs/OPERATIONS.md")).contains("| `" + variable + "` |");
        }
    }

    @Test
    void shouldReadEachSecretFromAGeneratedFile() {
        assertThat(secretFiles("chat"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PARLANCE_POSTGRES_URI_FILE", "/secrets/postgres-uri",
                        "PARLANCE_AUTH_KEY_FILE", "/secrets/token-key",
                        "PARLANCE_CLUSTER_SECRET_FILE", "/secrets/cluster-secret"));
        assertThat(secretFiles("postgres")).containsExactly(Map.entry("POSTGRES_PASSWORD_FILE", "/secrets/superuser"));
        assertThat(Documents.read("docker/create-role.sh")).contains("$(cat /secrets/parlance)");
        String script = Documents.read("docker/make-secrets");
        assertThat(script)
                .contains("readonly chat=" + CHAT_USER + " postgres=" + POSTGRES_USER)
                .contains("chat/postgres-uri", "chat/token-key", "chat/cluster-secret")
                .contains("postgres/superuser", "postgres/parlance");
        assertThat(Documents.read("Dockerfile"))
                .contains(
                        "useradd --system --uid " + CHAT_USER + " --no-create-home parlance",
                        "\nUSER " + CHAT_USER + "\n");
    }

    @Test
    void shouldMakeSecretsOnceForTheUserThatNeedsEach() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        Shell.run(List.of("bash", "docker/make-secrets", folder.toString()));
        assertThat(files())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "chat/cluster-secret", CHAT_USER + " r--------",
                        "chat/postgres-uri", CHAT_USER + " r--------",
                        "chat/token-key", CHAT_USER + " r--------",
                        "postgres/parlance", POSTGRES_USER + " r--------",
                        "postgres/superuser", POSTGRES_USER + " r--------"));
        Map<String, String> first = contents();
        assertThat(first.get("chat/postgres-uri"))
                .isEqualTo("postgresql://parlance:" + first.get("postgres/parlance") + "@postgres:5432/parlance");
        assertThat(first.values())
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret).hasSizeGreaterThanOrEqualTo(64));

        Files.delete(folder.resolve("chat/postgres-uri"));
        Shell.run(List.of("bash", "docker/make-secrets", folder.toString()));
        assertThat(contents()).as("kept, and what was missing made of it").isEqualTo(first);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path file : listed()) {
            files.put(
                    folder.relativize(file).toString(),
                    Files.getAttribute(file, "unix:uid") + " "
                            + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        return files;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : listed()) {
            contents.put(folder.relativize(file).toString(), Files.readString(file));
        }
        return contents;
    }

    private List<Path> listed() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> mounts(String name) {
        return (List<String>) service(compose, name).get("volumes");
    }

    private Map<String, Object> secretFiles(String name) {
        Map<String, Object> files = new TreeMap<>(map(service(compose, name), "environment"));
        files.keySet().removeIf(key -> !key.endsWith("_FILE"));
        return files;
    }

    private static Map<String, Object> service(Map<String, Object> file, String name) {
        return map(map(file, "services"), name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> in, String key) {
        return (Map<String, Object>) in.get(key);
    }

    private static Map<String, Object> yaml(String file) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Documents.read(file));
    }
}
