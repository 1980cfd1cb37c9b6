package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Deletion of what is over, by a node that sweeps often. */
final class LogInSweepIT {

    private static final int TIMEOUT_SECONDS = 30;

    /** More than one statement deletes. */
    private static final int USED_TOKENS = 1_300;

    private static final String SESSIONS = """
        insert into session (session_id, user_id, expires_at, revoked_at)
        select gen_random_uuid(), 'sweep', now() + age.expires::interval, now() + age.revoked::interval
        from (values ('20 days', '-3 hours'), ('-3 hours', null), ('20 days', '-10 minutes'), ('-10 minutes', null))
            as age (expires, revoked)
        """;

    private static final String TOKENS = """
        insert into refresh_token (digest, session_id, used_at)
        select decode(md5(s.session_id::text || i), 'hex'), s.session_id, now() + age.used::interval
        from (select session_id from session where user_id = 'sweep' and expires_at < now() - interval '1 hour') s,
             generate_series(1, %d) as i, (values ('-1 hour')) as age (used)
        """.formatted(USED_TOKENS);

    /** Two tokens of the session that stands: one was used a month ago, one today. */
    private static final String TOKENS_OF_OPEN = """
        insert into refresh_token (digest, session_id, used_at)
        select decode(md5(s.session_id::text || age.used), 'hex'), s.session_id, now() + age.used::interval
        from (select session_id from session
              where user_id = 'sweep' and revoked_at is null and expires_at > now()) s,
             (values ('-30 days'), ('-5 hours')) as age (used)
        """;

    private static final String ATTEMPTS = """
        insert into log_in_attempt (user_id, address, at, failed)
        values ('sweep', 'x', now() - interval '2 hours', true), ('sweep', 'x', now() - interval '1 minute', true)
        """;

    private static final String COUNTS = """
        select (select count(*) from session where user_id = 'sweep'),
               (select count(*) from refresh_token t join session s using (session_id) where s.user_id = 'sweep'),
               (select count(*) from log_in_attempt where user_id = 'sweep')
        """;

    @Test
    void shouldDeleteWhatIsOverAndKeepTheRest() throws SQLException {
        Rest nobody = new Rest(TestNode.address(), null);
        nobody.post("/users", Map.of("userId", "sweep", "password", Rest.PASSWORD, "name", "x"));
        JsonObject open = new JsonObject(nobody.post("/sessions", Map.of("userId", "sweep", "password", Rest.PASSWORD))
                .body());
        PostgresUri uri = TestNode.shared().postgres();
        try (Connection connection = DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
                Statement statement = connection.createStatement()) {
            // In one transaction, which no sweep of another node sees.
            connection.setAutoCommit(false);
            for (String sql : new String[] {SESSIONS, TOKENS, TOKENS_OF_OPEN, ATTEMPTS}) {
                statement.execute(sql);
            }
            assertThat(counts(statement)).isEqualTo("5 sessions, " + (USED_TOKENS + 3) + " tokens, 2 attempts");
            connection.commit();
            connection.setAutoCommit(true);
            Node sweeping = TestNode.startBeside("--auth.sweepIntervalMs=100");
            try {
                await(statement, "3 sessions, 2 tokens, 1 attempts");
            } finally {
                sweeping.stop();
            }
        }
        assertThat(nobody.post("/sessions/refresh", Map.of("refreshToken", open.getString("refreshToken")))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void await(Statement statement, String expected) throws SQLException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!counts(statement).equals(expected)) {
            assertThat(System.nanoTime()).as(counts(statement)).isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String counts(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery(COUNTS)) {
            found.next();
            return "%d sessions, %d tokens, %d attempts"
                    .formatted(found.getLong(1), found.getLong(2), found.getLong(3));
        }
    }
}
