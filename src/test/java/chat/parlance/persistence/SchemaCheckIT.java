package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.build.Build;
import chat.parlance.error.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The objects that are read from the migrations are those that Postgres has after them. */
final class SchemaCheckIT {

    @TempDir
    private static Path folder;

    private static DataFolder opened;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void migrate() {
        opened = DataFolder.open(folder.resolve("data"));
        database = EmbeddedDatabase.start(opened, 0);
        Migrations.run(database.uri(), 10_000);
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
        opened.close();
    }

    @Test
    void shouldReadEveryObjectOfTheMigrations() throws Exception {
        Map<SchemaObject, String> expected =
                SchemaObjects.of(Migrations.files()).bodies();
        try (Connection connection = database.uri().connect()) {
            Map<SchemaObject, String> present = new TreeMap<>(SchemaCheck.present(connection));
            // Made with a table, or by Flyway.
            present.keySet().removeIf(SchemaCheckIT::isMadeOtherwise);
            assertThat(expected.keySet()).isEqualTo(present.keySet());
            expected.forEach((key, body) -> {
                if (!body.isEmpty()) {
                    assertThat(present.get(key)).as(key.toString()).isEqualTo(body);
                }
            });
        }
        assertThat(expected.entrySet().stream()
                        .filter(object -> object.getKey().kind() == SchemaObject.Kind.FUNCTION)
                        .filter(object -> object.getValue().isEmpty())
                        .map(object -> object.getKey().name()))
                .contains("first_users/2");
        assertThat(SchemaCheck.run(database.uri()).texts()).isEmpty();
    }

    private static boolean isMadeOtherwise(SchemaObject object) {
        boolean isOfKey =
                object.kind() == SchemaObject.Kind.INDEX && object.name().matches(".*_(pkey|key)");
        return isOfKey || object.name().startsWith("flyway");
    }

    /** In a transaction that is rolled back. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop function lock_owners() | function lock_owners/0 is missing",
                "alter table room disable trigger room_changed | trigger room_changed on room is disabled",
                "drop trigger audit_kept on audit | trigger audit_kept on audit is missing",
                "drop index saved_newest | index saved_newest is missing",
                "drop table saved | table saved is missing",
                "create or replace function lock_owners() returns void language plpgsql as 'begin end' | function"
                        + " lock_owners/0 is not that of the migrations",
            })
    void shouldFindADifference(String damage, String finding) throws SQLException {
        try (Connection connection = database.uri().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(damage);
            SchemaCheck.Result result =
                    SchemaCheck.compare(SchemaObjects.of(Migrations.files()).bodies(), SchemaCheck.present(connection));
            connection.rollback();
            assertThat(result.texts()).contains(finding);
            assertThat(result.readable()).isEqualTo(!damage.contains("table saved"));
        }
    }

    @Test
    void shouldNameTheVersionThatANewerSchemaNeedsAndChangeNothing() throws Exception {
        try (Connection connection = database.uri().connect();
                Statement statement = connection.createStatement()) {
            Schema sound = Schema.read(connection);
            assertThat(sound.madeBy()).isEqualTo(Build.load().version());
            statement.execute("""
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (99, '99', 'newer', 'SQL', 'V99__newer.sql', 'parlance', 1, true);
                comment on table flyway_schema_history is '9.8.7';
                """);
            try {
                Schema newer = Schema.read(connection);
                assertThatThrownBy(() -> Migrations.run(database.uri(), 10_000))
                        .isInstanceOf(StartupException.class)
                        .hasMessageContaining("has the schema of version 99")
                        .hasMessageEndingWith("it needs Parlance 9.8.7 or newer");
                assertThatThrownBy(() -> SchemaCheck.run(database.uri()))
                        .isInstanceOf(StartupException.class)
                        .hasMessageEndingWith("use Parlance 9.8.7 or newer");
                assertThat(Schema.read(connection)).isEqualTo(newer);
            } finally {
                statement.execute("delete from flyway_schema_history where version = '99';"
                        + "comment on table flyway_schema_history is '" + sound.madeBy() + "'");
            }
        }
    }
}
