package chat.parlance.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.error.ExitCode;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Ports;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code parlance doctor} on running nodes. */
final class DoctorIT {

    @Test
    void shouldFindALoneNodeSoundAndItsOriginToo() {
        String origin = "http://" + TestNode.address();
        Result result = doctor(
                "--postgres.uri=" + TestNode.postgresUri(),
                "--auth.key=" + TestNode.KEY,
                "--management.port=" + TestNode.shared().managementPort(),
                "--origin=" + origin);
        assertThat(result.code()).as(result.output()).isEqualTo(ExitCode.DONE.code());
        assertThat(result.output())
                .containsPattern("ok +node +the node at http://127.0.0.1:\\d+ serves clients")
                .containsPattern("ok +postgres.durability")
                .containsPattern("ok +postgres.version +Postgres 18")
                .containsPattern("ok +clock +the clocks")
                .containsPattern("ok +origin.host +requests of the page are accepted")
                .containsPattern("ok +origin.websocket +ws://127.0.0.1")
                .doesNotContain("fail", TestNode.KEY);
    }

    @Test
    void shouldNameTheMembersAndTheMissingOne() {
        List<String> flags = new ArrayList<>(TestCluster.ofCluster(Ports.free()));
        Node first = TestNode.startBeside(with(flags, "--node.name=doctor-one"));
        try {
            List<String> asked = new ArrayList<>(flags);
            asked.addAll(List.of(
                    "--postgres.uri=" + TestNode.postgresUri(),
                    "--auth.key=" + TestNode.KEY,
                    "--management.port=" + first.managementPort(),
                    "--json"));
            Node second = TestNode.startBeside(with(flags, "--node.name=doctor-two"));
            try {
                Counters.await("127.0.0.1:" + first.managementPort(), "parlance_peers", 1);
                Map<String, JsonObject> checks = checks(doctor(asked.toArray(String[]::new)));
                assertThat(checks.get("cluster.members").getString("text")).contains("doctor-one", "doctor-two");
                assertThat(checks.get("cluster.members").getString("verdict")).isEqualTo("ok");
                assertThat(checks.get("cluster.names").getString("verdict")).isEqualTo("ok");
            } finally {
                second.stop();
            }
            Counters.awaitExactly("127.0.0.1:" + first.managementPort(), "parlance_cluster_members", 1);
            Map<String, JsonObject> checks = checks(doctor(asked.toArray(String[]::new)));
            assertThat(checks.get("cluster.members").getString("verdict")).isEqualTo("warn");
            assertThat(checks.get("cluster.members").getString("fix")).startsWith("start the others");
        } finally {
            first.stop();
        }
    }

    @Test
    void shouldFailWithoutPostgresAndWithoutNode() {
        Result result = doctor("--postgres.uri=postgresql://parlance@127.0.0.1:1/parlance", "--management.port=1");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED.code());
        assertThat(result.output())
                .containsPattern("warn +node +no node answers")
                .containsPattern("fail +postgres +postgresql://parlance@127.0.0.1:1/parlance")
                .containsPattern("\n +fix: start Postgres");
    }

    private static String[] with(List<String> flags, String more) {
        List<String> all = new ArrayList<>(flags);
        all.add(more);
        return all.toArray(String[]::new);
    }

    private static Map<String, JsonObject> checks(Result result) {
        return new JsonObject(result.output())
                .getJsonArray("checks").stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toMap(check -> check.getString("name"), check -> check));
    }

    private record Result(int code, String output) {}

    private static Result doctor(String... flags) {
        StringWriter output = new StringWriter();
        CommandLine line = DoctorCommand.line().setOut(new PrintWriter(output));
        int code = line.execute(flags);
        return new Result(code, output.toString());
    }
}
