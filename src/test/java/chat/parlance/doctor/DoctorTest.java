package chat.parlance.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.config.ParlanceConfig;
import chat.parlance.doctor.Check.Verdict;
import chat.parlance.doctor.RunningNode.Member;
import chat.parlance.persistence.ServerFacts;
import chat.parlance.testing.TestConfig;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each finding of {@code parlance doctor}, by the values that cause it. */
final class DoctorTest {

    private static final int NEEDED = 20;
    private static final ServerFacts SOUND =
            new ServerFacts("18.4", 18, List.of(), true, 300_000, 12, 5_000_000, 97, 21, null);

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource
    void shouldJudgePostgres(ServerFacts facts, String name, Verdict verdict, String part) {
        Check check = only(PostgresChecks.judge(facts, true, NEEDED), name);
        assertThat(check.verdict()).isEqualTo(verdict);
        assertThat(check.text()).contains(part);
        assertThat(check.fix().isEmpty()).isEqualTo(verdict == Verdict.OK);
    }

    static Stream<Arguments> shouldJudgePostgres() {
        return Stream.of(
                Arguments.of(SOUND, "postgres.durability", Verdict.OK, "survives"),
                Arguments.of(weak("fsync is off"), "postgres.durability", Verdict.FAIL, "fsync is off"),
                Arguments.of(SOUND, "postgres.version", Verdict.OK, "18.4"),
                Arguments.of(version("17.2", 17), "postgres.version", Verdict.WARN, "17.2"),
                Arguments.of(version("13.9", 13), "postgres.version", Verdict.FAIL, "13.9"),
                Arguments.of(SOUND, "postgres.tls", Verdict.OK, "encrypted"),
                Arguments.of(encrypted(false), "postgres.tls", Verdict.WARN, "plain text"),
                Arguments.of(SOUND, "postgres.latency", Verdict.OK, "0.3 ms"),
                Arguments.of(roundTrip(5_000_000), "postgres.latency", Verdict.OK, "5.0 ms"),
                Arguments.of(roundTrip(5_000_001), "postgres.latency", Verdict.WARN, "5.0 ms"),
                Arguments.of(roundTrip(100_000_001), "postgres.latency", Verdict.FAIL, "100.0 ms"),
                Arguments.of(SOUND, "postgres.connections", Verdict.OK, "21 of 97"),
                Arguments.of(connections(97, 88), "postgres.connections", Verdict.WARN, "88 of 97"),
                Arguments.of(connections(19, 3), "postgres.connections", Verdict.FAIL, "up to 20"),
                Arguments.of(SOUND, "postgres.size", Verdict.OK, "5 MB"),
                Arguments.of(SOUND, "clock", Verdict.OK, "agree"),
                Arguments.of(clock(-1_001), "clock", Verdict.WARN, "1.0 s behind"),
                Arguments.of(clock(60_001), "clock", Verdict.FAIL, "60.0 s ahead of"));
    }

    @Test
    void shouldAcceptPlainTextOnThisMachine() {
        assertThat(only(PostgresChecks.judge(encrypted(false), false, NEEDED), "postgres.tls")
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void shouldJudgeTheDisk() {
        Path folder = Path.of("data");
        assertThat(DiskChecks.judge("data", folder, 1L << 40, 2L << 40).verdict())
                .isEqualTo(Verdict.OK);
        assertThat(DiskChecks.judge("data", folder, 1L << 40, 11L << 40).verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(DiskChecks.judge("data", folder, DiskChecks.WARN_BYTES - 1, 3L << 30)
                        .verdict())
                .isEqualTo(Verdict.WARN);
        Check full = DiskChecks.judge("data", folder, DiskChecks.FAIL_BYTES - 1, 3L << 30);
        assertThat(full.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(full.fix()).startsWith("free space");
        assertThat(DiskChecks.run("data", Path.of("target/no/such/folder"))).isPresent();
    }

    @Test
    void shouldJudgeOpenFiles() {
        assertThat(NodeChecks.files(20_150, 0, 20_000).verdict()).isEqualTo(Verdict.OK);
        assertThat(NodeChecks.files(20_149, 0, 20_000))
                .isEqualTo(Check.warn(
                        "files",
                        "the limit of open files is 20149; limits.connections (20000) and the node's own files need"
                                + " 20150",
                        "raise the limit to 20150: LimitNOFILE of systemd, ulimits of Docker, or ulimit -n"));
        assertThat(NodeChecks.files(1_000, 801, 500).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(NodeChecks.files(1_000, 800, 500).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldJudgeTheRunningNode() {
        assertThat(NodeChecks.readiness(node(true, "")).verdict()).isEqualTo(Verdict.OK);
        assertThat(NodeChecks.readiness(node(false, "")).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(NodeChecks.commits(node(true, ""))).isEmpty();
        String commits = "parlance_commit_seconds_count{node=\"a\"} 10\nparlance_commit_seconds_sum{node=\"a\"} %s\n";
        assertThat(NodeChecks.commits(node(true, commits.formatted("0.05"))).orElseThrow())
                .isEqualTo(Check.ok("postgres.commits", "a commit takes 5.0 ms on average"));
        assertThat(NodeChecks.commits(node(true, commits.formatted("1.1")))
                        .orElseThrow()
                        .verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(only(NodeChecks.run(config(), Optional.empty()), "node").verdict())
                .isEqualTo(Verdict.WARN);
    }

    @Test
    void shouldJudgeTheNamesOfMembers() {
        assertThat(ClusterChecks.names(List.of("127.0.0.1:5701", "[::1]:5701")).verdict())
                .isEqualTo(Verdict.OK);
        Check unknown = ClusterChecks.names(List.of("127.0.0.1", "nobody.invalid:5701"));
        assertThat(unknown.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(unknown.text()).isEqualTo("cannot be resolved: nobody.invalid");
        assertThat(ClusterChecks.names(List.of("a:b:c")).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(ClusterChecks.run(config().cluster(), Optional.empty())).isEmpty();
        assertThat(ClusterChecks.run(config("--cluster.enabled=true").cluster(), Optional.empty()))
                .singleElement()
                .extracting(Check::name)
                .isEqualTo("cluster.names");
    }

    @Test
    void shouldJudgeTheMembersThatTheNodeHears() {
        Member self = new Member("one", "10.0.0.1:5701", true, true);
        Member heard = new Member("two", "10.0.0.2:5701", false, true);
        Member silent = new Member("three", "10.0.0.3:5701", false, false);
        assertThat(ClusterChecks.members(List.of(self, heard)))
                .containsExactly(Check.ok("cluster.members", "the node hears all of one, two"));
        assertThat(only(ClusterChecks.members(List.of(self)), "cluster.members").verdict())
                .isEqualTo(Verdict.WARN);
        Check found = only(ClusterChecks.members(List.of(self, heard, silent)), "cluster.members");
        assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(found.text()).isEqualTo("the node hears nothing of three (10.0.0.3:5701)");
        assertThat(only(
                                ClusterChecks.members(List.of(self, new Member("one", "10.0.0.2:5701", false, true))),
                                "node.name")
                        .text())
                .isEqualTo("several nodes are called one");
    }

    @Test
    void shouldJudgeTheNamedProxies() {
        assertThat(ProxyChecks.run(config().http(), false).verdict()).isEqualTo(Verdict.OK);
        assertThat(ProxyChecks.run(config().http(), true).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(ProxyChecks.run(config("--http.host=0.0.0.0").http(), false).verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(ProxyChecks.run(config("--http.trustedProxies=10.0.0.*").http(), true)
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(ProxyChecks.run(config("--http.trustedProxies=*.*.*.*").http(), true)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    /** A proxy that passes nothing on; the tests of the command have one that does. */
    @Test
    void shouldFindWhatAProxyKeepsBack() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            proxy.createContext("/", exchange -> {
                int status = exchange.getRequestURI().getPath().startsWith("/api/") ? 403 : 502;
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            proxy.start();
            URI origin = URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
            assertThat(OriginChecks.run(origin))
                    .allMatch(check -> check.verdict() == Verdict.FAIL)
                    .extracting(Check::name)
                    .containsExactly("origin", "origin.host", "origin.websocket");
        } finally {
            proxy.stop(0);
        }
        assertThat(OriginChecks.run(URI.create("http://127.0.0.1:1")))
                .singleElement()
                .extracting(Check::verdict)
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void shouldTellAClosedPostgresFromOneThatDoesNotRun() {
        assertThat(PostgresChecks.run(config("--data=target/no/such/folder")))
                .singleElement()
                .extracting(Check::verdict)
                .isEqualTo(Verdict.WARN);
        Check closed = only(
                PostgresChecks.run(config("--postgres.uri=postgresql://parlance:secret-word@127.0.0.1:1/parlance")),
                "postgres");
        assertThat(closed.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(closed.text()).contains("127.0.0.1:1").doesNotContain("secret-word");
    }

    private static Check only(List<Check> checks, String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ParlanceConfig config(String... flags) {
        List<String> all = new ArrayList<>(List.of("--management.port=1"));
        all.addAll(List.of(flags));
        return TestConfig.load(all, Map.of());
    }

    private static RunningNode node(boolean ready, String metrics) {
        return new RunningNode("http://127.0.0.1:8081", ready, List.of(), metrics);
    }

    private static ServerFacts weak(String weakness) {
        return new ServerFacts("18.4", 18, List.of(weakness), true, 300_000, 12, 5_000_000, 97, 21, null);
    }

    private static ServerFacts version(String version, int major) {
        return new ServerFacts(version, major, List.of(), true, 300_000, 12, 5_000_000, 97, 21, null);
    }

    private static ServerFacts encrypted(boolean encrypted) {
        return new ServerFacts("18.4", 18, List.of(), encrypted, 300_000, 12, 5_000_000, 97, 21, null);
    }

    private static ServerFacts roundTrip(long nanoseconds) {
        return new ServerFacts("18.4", 18, List.of(), true, nanoseconds, 12, 5_000_000, 97, 21, null);
    }

    private static ServerFacts connections(int max, int open) {
        return new ServerFacts("18.4", 18, List.of(), true, 300_000, 12, 5_000_000, max, open, null);
    }

    private static ServerFacts clock(long aheadMs) {
        return new ServerFacts("18.4", 18, List.of(), true, 300_000, aheadMs, 5_000_000, 97, 21, null);
    }
}
