package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No migration reads or rewrites all rows of a table that grows with messages while it holds a lock of it: a million rows would hold
 * up the nodes that serve meanwhile. The first migrations made these tables, when they were empty.
 */
final class MigrationRulesTest {

    private static final int LAST_OF_FIRST_SCHEMA = 7;
    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final Pattern NUMBER = Pattern.compile("V(\\d+)__.*\\.sql");

    private static final String LARGE =
            "(?:event|message_state|reaction|vote|mention|thread_follow|saved|search_entry|member)\\b";

    /** Statements that are refused, with what to write instead. */
    private static final Map<Pattern, String> REFUSED = Map.of(
            rule("create (?:unique )?index (?!concurrently\\b).*\\bon (?:only )?" + LARGE),
            "create index concurrently, in a file of its own",
            rule("alter table (?:only )?" + LARGE
                    + "(?=.*\\badd (?:constraint|check|foreign|primary|unique))(?!.*\\bnot valid)"
                    + "(?!.*\\busing index)"),
            "add the constraint not valid, and validate it in the next file",
            rule("alter table (?:only )?" + LARGE + ".*\\balter (?:column )?\\w+ (?:set data )?type\\b"),
            "add a column of the new type, and fill it bit by bit",
            rule("alter table (?:only )?" + LARGE + ".*\\bset not null"),
            "add check (column is not null) not valid, validate it in the next file",
            rule("alter table (?:only )?" + LARGE
                    + ".*\\badd (?:column )?(?!constraint|check|foreign|primary|unique)\\w+"
                    + " .*(?:\\bgenerated\\b|\\breferences\\b|\\bunique\\b|\\bdefault"
                    + " (?!-?\\d|'|true|false|null))"),
            "a default that is a constant, and no generated column or reference",
            rule("(?:update|delete from|truncate|lock(?: table)?|vacuum full|cluster|reindex"
                    + " (?!.*\\bconcurrently).*)\\s*(?:only )?"
                    + LARGE),
            "change rows bit by bit, by the nodes; reindex concurrently");

    @Test
    void shouldHoldNoLockForLong() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> refused = files.filter(file -> number(file) > LAST_OF_FIRST_SCHEMA)
                    .sorted()
                    .flatMap(file -> refused(read(file)).stream().map(text -> file.getFileName() + ": " + text))
                    .toList();
            assertThat(refused).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index event_sender on event (sender);",
                "create unique index vote_once on vote (user_id);",
                "alter table event add constraint text_is_short check (length(text) < 9000);",
                "alter table member add foreign key (user_id) references account;",
                "alter table event alter column seq type numeric;",
                "alter table mention alter thread set not null;",
                "alter table event add column stored_at timestamptz not null default clock_timestamp();",
                "alter table event add column words tsvector generated always as (to_tsvector('simple', text)) stored;",
                "update event set body = null where kind = 'poll';",
                "delete from search_entry;",
                "lock table member in exclusive mode;",
                "reindex table event;",
                "-- A reason.\nupdate\n    message_state set replies = 0;",
            })
    void shouldRefuseWhatReadsOrRewritesALargeTable(String sql) {
        assertThat(refused(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently event_sender on event (sender);",
                "create index account_bots on account (bot_owner);",
                "alter table event add constraint text_is_short check (length(text) < 9000) not valid;",
                "alter table event validate constraint text_is_short;",
                "alter table event add column is_new boolean not null default false;",
                "alter table event add column note text;",
                "create function f() returns void language plpgsql as $$ begin delete from event; end $$;",
                "create trigger event_seen after insert on event for each row execute function f();",
                "update room set topic = '' where topic is null;",
                "-- update event set text = '';\nselect 1;",
            })
    void shouldAllowTheRest(String sql) {
        assertThat(refused(sql)).isEmpty();
    }

    private static List<String> refused(String sql) {
        String statements = sql.replaceAll("(?m)--.*$", "").replaceAll("(?s)\\$(\\w*)\\$.*?\\$\\1\\$", "''");
        return Stream.of(statements.split(";"))
                .map(statement -> statement.strip().replaceAll("\\s+", " "))
                .flatMap(statement -> REFUSED.entrySet().stream()
                        .filter(rule -> rule.getKey().matcher(statement).lookingAt())
                        .map(rule -> statement + " (instead: " + rule.getValue() + ")"))
                .toList();
    }

    private static Pattern rule(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    private static int number(Path file) {
        var name = NUMBER.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
