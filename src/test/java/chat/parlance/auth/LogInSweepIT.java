package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Deletion of expired rows, by a node that sweeps often. */
final class LogInSweepIT {

    private static final int TIMEOUT_SECONDS = 30;

    /** More than one statement deletes. */
    private static final int ENDED = 1_300;

    private static final String SESSIONS = """
        insert into session (session_id, user_id, expires_at, revoked_at)
        select gen_random_uuid(), 'sweep', now() + age.expires::interval, now() + age.revoked::interval
        from (values ('20 days', '-10 minutes'), ('-10 minutes', null)) as age (expires, revoked)
        union all
        select gen_random_uuid(), 'sweep', now() + age.expires::interval, now() + age.revoked::interval
        from generate_series(1, %d), (values ('20 days', '-3 hours'), ('-3 hours', null)) as age (expires, revoked)
        """.formatted(ENDED);

    private static final String TOKENS = """
        insert into refresh_token (family, session_id, newest)
        select sha256(uuid_send(session_id)), session_id, sha256(uuid_send(session_id))
        from session
        where user_id = 'sweep'
        on conflict do nothing
        """;

    /** The open session has the greatest age, and its tokens were used that long ago. */
    private static final String AGE = """
        with open as (
            update session set expires_at = now() + interval '5 minutes', used_at = now() - interval '29 days'
            where user_id = 'sweep' and revoked_at is null and expires_at > now()
            returning session_id
        )
        update refresh_token t set used_at = now() - interval '29 days' from open where t.session_id = open.session_id
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

    private final Rest nobody = new Rest(TestNode.address(), null);

    @Test
    void shouldDeleteExpiredRowsAndKnowAUsedTokenAsLongAsItsSessionLives() throws SQLException {
        nobody.post("/users", Map.of("userId", "sweep", "password", Rest.PASSWORD, "name", "x"));
        String first = token(nobody.post("/sessions", Map.of("userId", "sweep", "password", Rest.PASSWORD)));
        String newest = first;
        for (int i = 0; i < 3; i++) {
            newest = token(refresh(newest));
        }
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            // In one transaction, which no sweep of another node sees.
            connection.setAutoCommit(false);
            for (String sql : new String[] {AGE, SESSIONS, TOKENS, ATTEMPTS}) {
                statement.execute(sql);
            }
            int sessions = 2 * ENDED + 3;
            assertThat(counts(statement)).isEqualTo("%d sessions, %d tokens, 2 attempts".formatted(sessions, sessions));
            connection.commit();
            connection.setAutoCommit(true);
            Node sweeping = TestNode.startBeside("--auth.sweepIntervalMs=100");
            try {
                await(statement, "3 sessions, 3 tokens, 1 attempts");
            } finally {
                sweeping.stop();
            }
        }
        newest = token(refresh(newest));
        assertThat(refresh(first).statusCode()).isEqualTo(401);
        assertThat(refresh(newest).statusCode()).as("of a session that is over").isEqualTo(401);
    }

    @Test
    void shouldNoteLogInsOfAnAccountAndAddressOnceAndThenByTheirNumber() throws SQLException {
        nobody.post("/users", Map.of("userId", "sweep-noted", "password", Rest.PASSWORD, "name", "x"));
        for (String password : new String[] {"wrong-1", "wrong-2", "wrong-3", Rest.PASSWORD, Rest.PASSWORD}) {
            nobody.post("/sessions", Map.of("userId", "sweep-noted", "password", password));
        }
        nobody.post("/sessions", Map.of("userId", "sweep-nobody", "password", "wrong-4"));
        assertThat(trail("sweep-noted"))
                .isEqualTo("log_in.failed 127.0.0.1, password; log_in.done 127.0.0.1, password by sweep-noted");
        assertThat(trail("[unknown]")).contains("log_in.failed 127.0.0.1, password");
        assertThat(trail("sweep-nobody")).isEmpty();
        Database.update("update log_in_tally set since = now() - interval '1 hour' where user_id = ?", "sweep-noted");
        Node sweeping = TestNode.startBeside("--auth.sweepIntervalMs=100");
        try {
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!trail("sweep-noted").contains("more")) {
                assertThat(System.nanoTime()).isLessThan(endNs);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } finally {
            sweeping.stop();
        }
        assertThat(trail("sweep-noted"))
                .contains(
                        "log_in.failed 127.0.0.1, password, 2 more",
                        "log_in.done 127.0.0.1, password, 1 more by sweep-noted")
                .doesNotContain("wrong");
    }

    /** Entries of the audit trail about a subject, the oldest first. */
    private static String trail(String subject) throws SQLException {
        try (Connection connection = Database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select coalesce(string_agg(action || ' ' || detail || coalesce(' by ' || actor, ''), '; '"
                                + " order by audit_id), '') from audit where subject = ?")) {
            statement.setString(1, subject);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }

    private HttpResponse<String> refresh(String token) {
        return nobody.post("/sessions/refresh", Map.of("refreshToken", token));
    }

    private static String token(HttpResponse<String> session) {
        assertThat(session.statusCode()).isEqualTo(200);
        return new JsonObject(session.body()).getString("refreshToken");
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
