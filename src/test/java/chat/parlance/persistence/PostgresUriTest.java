package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import chat.parlance.persistence.PostgresUri.Server;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresUriTest {

    private static final String PASSWORD = "tomato-soup";
    private static final String PLAIN = "postgresql://alice:" + PASSWORD + "@db.example.org/chat";

    @Test
    void shouldTakeTheShortForm() {
        PostgresUri uri = PostgresUri.parse("postgres://alice@db/chat");
        assertThat(uri.user()).isEqualTo("alice");
        assertThat(uri.password()).isEmpty();
        assertThat(uri.servers()).containsExactly(new Server("db", 5432));
        assertThat(uri.database()).isEqualTo("chat");
        assertThat(uri.options()).isEqualTo(new PostgresUri.Options(PostgresTls.NONE, false, "parlance", 0));
        assertThat(uri.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/chat?ApplicationName=parlance&connectTimeout=5&sslmode=disable");
    }

    @Test
    void shouldDecodeEachPart() {
        PostgresUri uri = PostgresUri.parse("postgresql://al%40ce:p%3A%2F+%25@[2001:db8::1]:5433/the%20chat");
        assertThat(uri.user()).isEqualTo("al@ce");
        assertThat(uri.password()).isEqualTo("p:/+%");
        assertThat(uri.servers()).containsExactly(new Server("2001:db8::1", 5433));
        assertThat(uri.database()).isEqualTo("the chat");
        assertThat(uri.jdbcUrl()).startsWith("jdbc:postgresql://[2001:db8::1]:5433/the%20chat?");
        assertThat(uri).hasToString("postgresql://al@ce@[2001:db8::1]:5433/the chat");
    }

    @Test
    void shouldTakeSeveralHostsAndUseThePrimary() {
        PostgresUri uri = PostgresUri.parse("postgresql://alice@one,[::1],three:5433/chat");
        assertThat(uri.servers())
                .containsExactly(new Server("one", 5432), new Server("::1", 5432), new Server("three", 5433));
        assertThat(uri.options().primary()).isTrue();
        assertThat(uri.jdbcUrl())
                .startsWith("jdbc:postgresql://one:5432,[::1]:5432,three:5433/chat?")
                .contains("targetServerType=primary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-write", "primary"})
    void shouldUseThePrimaryWhenAsked(String value) {
        assertThat(PostgresUri.parse(PLAIN + "?target_session_attrs=" + value)
                        .options()
                        .primary())
                .isTrue();
    }

    @Test
    void shouldTakeCertificates() {
        PostgresUri uri = PostgresUri.parse(
                PLAIN
                        + "?sslmode=verify-full&sslrootcert=/run/ca%20s.crt&sslcert=a.crt&sslkey=a.key&application_name=chat&connect_timeout=3");
        assertThat(uri.options())
                .isEqualTo(new PostgresUri.Options(
                        new PostgresTls(
                                PostgresTls.Mode.VERIFY_FULL,
                                Optional.of(Path.of("/run/ca s.crt")),
                                Optional.of(Path.of("a.crt")),
                                Optional.of(Path.of("a.key"))),
                        false,
                        "chat",
                        3000));
        assertThat(uri.jdbcUrl())
                .contains("ApplicationName=chat&connectTimeout=3&sslmode=verify-full")
                .contains("&sslrootcert=%2Frun%2Fca%20s.crt&sslcert=a.crt&sslkey=a.key")
                .contains("sslfactory=" + JdbcSocketFactory.class.getName());
    }

    @Test
    void shouldTrustJavasAuthoritiesOnRequest() {
        PostgresTls tls = PostgresUri.parse(PLAIN + "?sslmode=verify-full&sslrootcert=system")
                .options()
                .tls();
        assertThat(tls.mode()).isEqualTo(PostgresTls.Mode.VERIFY_FULL);
        assertThat(tls.rootCertificates()).isEmpty();
        tls.check();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        options=-csearch_path  | postgres.uri has the parameter options, which Parlance does not know; it knows application_name
        sslpassword=x          | the parameter sslpassword, which Parlance does not know
        SSLMODE=verify-full    | the parameter SSLMODE, which Parlance does not know
        password=x             | the parameter password, which Parlance does not know
        ssl                    | the parameter ssl, which Parlance does not know
        sslmode=verify_full    | sslmode must be disable, require, verify-ca or verify-full
        sslmode=Verify-Full    | sslmode must be disable, require, verify-ca or verify-full
        sslmode=prefer         | verify-full: prefer may fall back to plain text
        sslmode=allow          | verify-full: allow may fall back to plain text
        sslmode=               | sslmode must be a value
        sslmode                | sslmode must be a value
        sslmode=verify-full    | sslrootcert must be the file of the CA's certificates
        sslmode=verify-ca      | sslrootcert must be the file of the CA's certificates
        sslrootcert=ca.crt     | sslmode must be require, verify-ca or verify-full, for it has certificates
        sslcert=a&sslkey=b     | sslmode must be require, verify-ca or verify-full, for it has certificates
        sslmode=require&sslrootcert=ca.crt   | sslmode must be verify-ca or verify-full, for it has sslrootcert
        sslmode=verify-ca&sslrootcert=system | sslmode must be verify-full with sslrootcert=system
        sslmode=require&sslcert=a            | postgres.uri needs sslcert and sslkey together
        sslmode=require&sslmode=disable      | has the parameter sslmode twice
        target_session_attrs=any             | target_session_attrs must be read-write or primary
        target_session_attrs=standby         | target_session_attrs must be read-write or primary
        connect_timeout=0      | connect_timeout must be 1 to 60 seconds
        connect_timeout=61     | connect_timeout must be 1 to 60 seconds
        connect_timeout=2s     | connect_timeout must be 1 to 60 seconds
        application_name=%0A   | application_name must be 1 to 63 printable
        """)
    void shouldRefuseUnsupportedParametersByName(String parameters, String message) {
        assertThatThrownBy(() -> PostgresUri.parse(PLAIN + "?" + parameters))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain(PASSWORD);
    }

    /** URIs with the password, or with a mistyped form of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://alice:tomato-soup@/chat",
                "postgresql://alice:tomato-soup@db",
                "postgresql://alice:tomato-soup@db/",
                "postgresql://alice:tomato-soup@db:0/chat",
                "postgresql://alice:tomato-soup@db:65536/chat",
                "postgresql://alice:tomato-soup@db:many/chat",
                "postgresql://alice:tomato-soup@db,/chat",
                "postgresql://alice:tomato-soup@::1/chat",
                "postgresql://:tomato-soup@db/chat",
                "postgresql://alice:%zz-tomato-soup@db/chat",
                "postgresql://alice:%FF-tomato-soup@db/chat",
                "postgresql://alice:%00-tomato-soup@db/chat",
                "postgresql://alice:tomato@soup@db/chat",
                "postgresql://alice:tomato/soup@db/chat",
                "postgresql://alice:tomato?soup@db/chat",
                "postgresql://alice:x@tomato/soup?rest@db/chat",
                "postgresql://alice:x@tomato/soup?tomato=soup@db/chat",
                "postgresql://alice:tomato#soup@db/chat",
                "postgresql://alice:tomato soup@db/chat",
                "mysql://alice:tomato-soup@db/chat",
                "jdbc:postgresql://alice:tomato-soup@db/chat",
                "host=db password=tomato-soup",
                "postgresql://alice:tomato-soup@db/chat?tomato-soup=1",
                "postgresql://alice:tomato-soup@db/chat#sslmode=verify-full",
                "postgresql://alice:tomato-soup@db/chat?sslmode=require?x=y",
                "postgresql://alice:tomato-soup@db/chat?&sslmode=require"
            })
    void shouldRefuseAMalformedUriWithoutPrintingThePassword(String text) {
        assertThatThrownBy(() -> PostgresUri.parse(text))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("postgres.uri ")
                .message()
                .doesNotContain("tomato", "soup");
    }

    @Test
    void shouldRefuseMoreHostsThanItAsks() {
        String many = "a,".repeat(16) + "a";
        assertThatThrownBy(() -> PostgresUri.parse("postgresql://alice@" + many + "/chat"))
                .hasMessage("postgres.uri has more than 16 hosts");
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        PostgresUri uri = PostgresUri.parse(PLAIN + "?sslmode=verify-ca&sslrootcert=absent.crt");
        assertThatThrownBy(() -> Migrations.run(uri, 30_000))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("the file of sslrootcert cannot be read: ")
                .hasMessageContaining("absent.crt");
    }
}
