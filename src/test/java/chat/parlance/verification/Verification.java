package chat.parlance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ExitCode;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Database;
import chat.parlance.testing.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answer of {@code parlance verify --json}, as a process. */
final class Verification {

    private final JsonObject answer;

    private Verification(JsonObject answer) {
        this.answer = answer;
    }

    /** Checks the database in a data folder. */
    static Verification of(Path data) throws InterruptedException {
        return by(Map.of(), "--data=" + data);
    }

    /** Checks with these environment variables and flags. */
    static Verification by(Map<String, String> environment, String... flags) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("verify", "--json"));
        arguments.addAll(List.of(flags));
        return of(NodeProcess.startCommand(environment, arguments.toArray(String[]::new)));
    }

    /** Reads the answer of a process that prints nothing else. */
    static Verification of(Process process) throws InterruptedException {
        JsonObject answer = new JsonObject(NodeProcess.outputOf(process));
        assertThat(process.waitFor())
                .isEqualTo(answer.getBoolean("sound") ? ExitCode.DONE.code() : ExitCode.FAILED.code());
        return new Verification(answer);
    }

    /** Findings, each as {@code kind room seq}. */
    List<String> findings() {
        return answer.getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .map(finding -> "%s %s %d"
                        .formatted(finding.getString("kind"), finding.getString("roomId"), finding.getLong("seq")))
                .toList();
    }

    long rooms() {
        return answer.getLong("roomCount");
    }

    long events() {
        return answer.getLong("eventCount");
    }

    @Override
    public String toString() {
        return answer.encodePrettily();
    }

    /** The superuser of a data folder's Postgres. */
    static PostgresUri superuser(Path data, PostgresUri uri) throws IOException {
        String password =
                Files.readString(data.resolve("postgres-superuser.password")).strip();
        return new PostgresUri("postgres", password, uri.servers(), uri.database(), uri.options());
    }

    static void execute(PostgresUri uri, String sql) throws SQLException {
        try (Connection connection = Database.connect(uri);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
