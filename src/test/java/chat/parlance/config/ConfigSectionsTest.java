package chat.parlance.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.setting.Secret;
import chat.parlance.setting.Unwrapped;
import chat.parlance.testing.TestConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Defaults and mapping of each section of the configuration. */
final class ConfigSectionsTest {

    /** Each key, its default, and another value. The other numbers of a section differ, so that none can stand for another. */
    private static final String TABLE = """
        data | data | elsewhere
        node.name | | one
        node.roles | http,persistence,websocket | http,websocket
        node.startTimeoutMs | 60000 | 60001
        http.host | 127.0.0.1 | 127.0.0.2
        http.port | 8080 | 8081
        http.allowedOrigins | | https://chat.example.org,https://[2001:db8::1]:8443
        http.trustedProxies | | 10.0.0.1,172.18.*.*
        http.maxBodyBytes | 65536 | 65537
        http.requestTimeoutMs | 10000 | 10001
        http.idleTimeoutSeconds | 60 | 61
        page.folder | | src/main/resources/web
        management.host | 127.0.0.1 | 127.0.0.3
        management.port | 8081 | 8082
        postgres.uri | | postgresql://alice:pass@127.0.0.1:5433/chat
        postgres.embeddedPort | 0 | 1
        postgres.readConnections | 6 | 7
        postgres.maxWaitingReads | 2000 | 2001
        postgres.changeConnections | 3 | 4
        postgres.maxWaitingChanges | 2000 | 2002
        postgres.maxWaitingJoins | 20000 | 20002
        postgres.startTimeoutMs | 30000 | 30001
        postgres.statementTimeoutMs | 5000 | 5001
        postgres.lockTimeoutMs | 3000 | 3001
        auth.key | | t5Jm0dVwXq1cR8yNfUe3KzLhB7oPsG2iA4xEnW6vTQk=
        auth.issuer | parlance | example
        auth.accessTokenSeconds | 600 | 599
        auth.refreshTokenDays | 30 | 31
        auth.refreshGraceSeconds | 10 | 11
        auth.argon2MemoryKib | 19456 | 19457
        auth.argon2Iterations | 2 | 3
        auth.hashQueue | 64 | 65
        auth.hashesPerConnection | 4 | 5
        auth.maxFailures | 5 | 6
        auth.failureWindowSeconds | 900 | 901
        auth.maxSessions | 50 | 51
        auth.sweepIntervalMs | 60000 | 60001
        registration | open | invite
        directory.open | true | false
        websocket.eventLoops | 0 | 1
        websocket.maxMessageBytes | 16384 | 16385
        websocket.maxFragments | 64 | 65
        websocket.outboundLimitBytes | 1048576 | 1048577
        websocket.authTimeoutMs | 5000 | 5001
        websocket.lineLoginTimeoutMs | 120000 | 120001
        websocket.pingIntervalMs | 6000 | 6001
        websocket.pongTimeoutMs | 10000 | 10001
        websocket.maxPingsPerSecond | 10 | 11
        websocket.maxPendingRequests | 64 | 66
        websocket.maxRooms | 2000 | 2001
        room.maxTextBytes | 8192 | 8193
        room.replayOnJoin | 20 | 21
        room.catchUpLimit | 1000 | 1001
        room.gapGraceMs | 30 | 31
        tails.memoryBytes | 67108864 | 67108865
        tails.roomMemoryBytes | 262144 | 262145
        signal.readIntervalMs | 500 | 501
        signal.typingIntervalMs | 2000 | 2001
        signal.typingExpiresMs | 6000 | 6001
        presence.intervalMs | 500 | 501
        presence.maxListed | 100 | 101
        presence.leaseMs | 12000 | 12001
        limits.enabled | true | false
        limits.connectionPerSecond | 10 | 11
        limits.connectionBurst | 20 | 21
        limits.maxRefusals | 100 | 101
        limits.lineWaitMs | 10000 | 10001
        limits.userPerSecond | 20 | 22
        limits.userBurst | 40 | 41
        limits.userConnections | 10 | 12
        limits.userRooms | 200 | 201
        limits.connections | 20000 | 20001
        limits.addressConnections | 1000 | 1001
        limits.unprovenConnections | 20 | 23
        limits.addressPerSecond | 100 | 102
        limits.addressBurst | 500 | 501
        limits.filesPerSecond | 500 | 502
        limits.filesBurst | 5000 | 5001
        limits.handshakesPerSecond | 50 | 51
        limits.handshakeBurst | 500 | 503
        limits.loginsPerMinute | 60 | 61
        limits.loginBurst | 60 | 62
        limits.registrationsPerHour | 60 | 63
        limits.registrationBurst | 30 | 31
        watch.intervalMs | 1000 | 1001
        watch.leaseMs | 3000 | 3001
        watch.cutOffAfterMs | 10000 | 10001
        persistence.writers | 2 | 3
        persistence.lockWaiters | 3 | 4
        persistence.maxBatch | 500 | 501
        persistence.maxQueued | 20000 | 20001
        persistence.maxQueuedPerRoom | 5000 | 5001
        persistence.appendTimeoutMs | 5000 | 5002
        search.languages | english,korean,russian | french,german
        search.connections | 2 | 3
        search.maxWaiting | 100 | 101
        search.perUser | 4 | 5
        search.pageLimit | 50 | 51
        search.indexBatch | 200 | 201
        search.indexShare | 30 | 31
        cluster.enabled | false | true
        cluster.name | parlance | other
        cluster.secret | | Zr9uYc2mHk5bQxE1fLw8PjTn4vSgD7oAa3iK6eRdXqM=
        cluster.host | 127.0.0.1 | 127.0.0.4
        cluster.port | 5701 | 5702
        cluster.busPort | 0 | 1
        cluster.members | 127.0.0.1 | node1,node2:5701
        cluster.inFlightLimitBytes | 16777216 | 16777217
        cluster.maxFrameBytes | 4194304 | 4194305
        cluster.digestIntervalMs | 2000 | 2001
        cluster.tls.certificate | | node.pem
        cluster.tls.key | | node.key
        cluster.tls.authority | | ca.pem
        drain.unreadyMs | 1000 | 1001
        drain.spreadMs | 5000 | 5001
        drain.timeoutMs | 15000 | 15001
        """;

    private record Row(String key, String byDefault, String other) {

        static Row of(String line) {
            String[] cells = line.split(" \\|", -1);
            return new Row(cells[0], cells[1].strip(), cells[2].strip());
        }

        String section() {
            return key.replaceAll("\\..*", "");
        }
    }

    private static final List<Row> ROWS = TABLE.lines().map(Row::of).toList();

    private static final ParlanceConfig DEFAULTS = TestConfig.load(List.of(), Map.of());

    @TempDir
    private Path folder;

    static Stream<String> sections() {
        return Arrays.stream(ParlanceConfig.class.getRecordComponents()).map(RecordComponent::getName);
    }

    @ParameterizedTest
    @MethodSource("sections")
    void shouldHaveTheDefaultOfEachKey(String section) {
        assertThat(values(DEFAULTS, section)).isEqualTo(column(section, Row::byDefault));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void shouldMapEachKeyOfAFile(String section) throws IOException {
        Path file = folder.resolve("parlance.yaml");
        Files.writeString(file, yaml(section));
        ParlanceConfig config = TestConfig.load(List.of("--config=" + file), Map.of());
        assertThat(values(config, section)).isEqualTo(column(section, Row::other));
        assertThat(sections().filter(each -> !values(config, each).equals(values(DEFAULTS, each))))
                .as("changed sections")
                .containsExactly(section);
    }

    @Test
    void shouldMapEachVariableAndEachFlag() {
        Map<String, String> environment =
                ROWS.stream().collect(Collectors.toMap(row -> environmentName(row.key()), Row::other));
        List<String> flags =
                ROWS.stream().map(row -> "--" + row.key() + "=" + row.other()).toList();
        for (ParlanceConfig config :
                List.of(TestConfig.load(List.of(), environment), TestConfig.load(flags, Map.of()))) {
            assertThat(sections())
                    .allSatisfy(section -> assertThat(values(config, section)).isEqualTo(column(section, Row::other)));
        }
    }

    @ParameterizedTest
    @MethodSource("sections")
    void shouldTellTheValuesOfASectionApart(String section) {
        assertThat(rows(section)).allSatisfy(row -> assertThat(row.other()).isNotEqualTo(row.byDefault()));
        assertThat(rows(section).map(Row::other).filter(value -> value.matches("\\d+")))
                .doesNotHaveDuplicates();
    }

    private static String environmentName(String key) {
        return "PARLANCE_"
                + key.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private static String yaml(String section) {
        return section + ":"
                + rows(section)
                        .map(row -> row.key().equals(section)
                                ? " \"" + row.other() + "\"\n"
                                : "\n  %s: \"%s\"".formatted(row.key().substring(section.length() + 1), row.other()))
                        .collect(joining());
    }

    private static Stream<Row> rows(String section) {
        return ROWS.stream().filter(row -> row.section().equals(section));
    }

    private static Map<String, String> column(String section, Function<Row, String> column) {
        return rows(section).collect(Collectors.toMap(Row::key, column, (one, other) -> one + other, TreeMap::new));
    }

    /** Values of a section by key, as the names of the records' components say. */
    private static Map<String, String> values(ParlanceConfig config, String section) {
        Map<String, String> values = new TreeMap<>();
        collect("", config, values);
        values.keySet().removeIf(key -> !key.equals(section) && !key.startsWith(section + "."));
        return values;
    }

    private static void collect(String prefix, Object settings, Map<String, String> values) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(component, settings);
            if (!(value instanceof Record)) {
                values.put(prefix + component.getName(), text(value));
            } else if (component.isAnnotationPresent(Unwrapped.class)) {
                collect(prefix, value, values);
            } else {
                collect(prefix + component.getName() + ".", value, values);
            }
        }
    }

    private static Object value(RecordComponent component, Object settings) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(settings));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A value as in the table: the elements of a set in the order of the alphabet. */
    private static String text(Object value) {
        return switch (value) {
            case Secret secret -> secret.expose();
            case Set<?> set ->
                set.stream().map(ConfigSectionsTest::text).sorted().collect(joining(","));
            case Collection<?> list ->
                list.stream().map(ConfigSectionsTest::text).collect(joining(","));
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            default -> value.toString();
        };
    }
}
