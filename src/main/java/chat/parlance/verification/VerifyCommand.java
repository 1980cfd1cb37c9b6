package chat.parlance.verification;

import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.ExitCode;
import chat.parlance.error.StartupException;
import chat.parlance.persistence.HistoryCheck;
import chat.parlance.persistence.HistoryReader;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.persistence.SchemaCheck;
import chat.parlance.persistence.StoredDatabase;
import chat.parlance.progress.ProgressBar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parlance verify}: checks the stored data of a database. Blocks. */
@Command(
        name = "verify",
        description = {
            "Check a database: no room has a hole, a duplicate or a counter that disagrees.",
            "Also that no message id was stored twice, and that all which follows from the events is as they say:"
                + " members and their roles, senders, settings of rooms, edits, pins, threads, reactions, mentions,"
                + " the search index, accounts and their links. Says when Postgres is set so that it may lose what it"
                + " has committed. Reads in one snapshot, beside a running node or with none."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:sound", "1:something was found", "2:a flag or key is wrong", "3:it could not be checked"})
public final class VerifyCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 100;

    private final ConfigFlags flags = new ConfigFlags();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    private final List<Finding> shown = new ArrayList<>();
    private final Set<Finding.Kind> kinds = EnumSet.noneOf(Finding.Kind.class);
    private long found;

    private VerifyCommand() {}

    /** The command with its options. */
    public static CommandLine line() {
        VerifyCommand command = new VerifyCommand();
        CommandLine line = new CommandLine(command);
        command.flags.addTo(line.getCommandSpec(), "data", "postgres.uri");
        return line;
    }

    /** Exit code of the process. */
    @Override
    public Integer call() {
        try {
            return verify(ConfigLoader.load(flags, System.getenv()));
        } catch (StartupException refused) {
            refused.lines().forEach(line -> System.err.println("parlance: " + line));
            return (refused.exitCode() == ExitCode.USAGE ? ExitCode.USAGE : ExitCode.NOT_CHECKED).code();
        } catch (IOException failed) {
            System.err.println("parlance: " + failed);
            return ExitCode.NOT_CHECKED.code();
        }
    }

    private int verify(ParlanceConfig config) throws IOException {
        try (StoredDatabase database = StoredDatabase.open(config.postgres(), config.data())) {
            return verify(database.uri());
        }
    }

    private int verify(PostgresUri uri) {
        long begin = System.nanoTime();
        SchemaCheck.Result schema = SchemaCheck.run(uri);
        schema.texts().forEach(text -> find(new Finding(Finding.Kind.SCHEMA, "", 0, text)));
        Read read = schema.readable() ? read(uri) : new Read(0, 0);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (json) {
            System.out.println(json(read, seconds).encode());
        } else {
            print(read, seconds);
        }
        return (found == 0 ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    /** Numbers of the rooms and events that were read. */
    private record Read(long rooms, long events) {}

    private Read read(PostgresUri uri) {
        try (HistoryReader reader = HistoryReader.open(uri)) {
            reader.weaknesses().forEach(text -> find(new Finding(Finding.Kind.DURABILITY, "", 0, text)));
            HistoryAudit audit = readHistory(reader);
            for (HistoryCheck check : HistoryCheck.values()) {
                Finding.Kind kind = kind(check);
                reader.read(check, (room, seq, text) -> find(new Finding(kind, room, seq, text)));
            }
            return new Read(audit.rooms(), audit.events());
        }
    }

    private HistoryAudit readHistory(HistoryReader reader) {
        ProgressBar bar = ProgressBar.ofProcess(reader.expectedEvents(), "events");
        HistoryAudit audit = new HistoryAudit(this::find, bar::show);
        reader.read(audit);
        bar.end(audit.events());
        long stored = reader.countEvents();
        if (stored != audit.events()) {
            find(new Finding(
                    Finding.Kind.INDEX,
                    "",
                    0,
                    "the primary key leads to %d events, and the table has %d".formatted(audit.events(), stored)));
        }
        return audit;
    }

    private static Finding.Kind kind(HistoryCheck check) {
        return switch (check) {
            case CLIENT_IDS -> Finding.Kind.DUPLICATE_ID;
            case TEXTS -> Finding.Kind.MALFORMED;
            case TARGETS -> Finding.Kind.TARGET;
            case VISIBILITY -> Finding.Kind.VISIBILITY;
            case STATES -> Finding.Kind.STATE;
            case REACTIONS -> Finding.Kind.REACTION;
            case VOTES -> Finding.Kind.VOTE;
            case MENTIONS -> Finding.Kind.MENTION;
            case FOLLOWED -> Finding.Kind.FOLLOWED;
            case SEARCH_INDEX -> Finding.Kind.SEARCH;
            case ACCOUNTS -> Finding.Kind.ACCOUNT;
        };
    }

    private void find(Finding finding) {
        found++;
        kinds.add(finding.kind());
        if (shown.size() < MAX_SHOWN) {
            shown.add(finding);
        }
    }

    private void print(Read read, double seconds) {
        shown.forEach(finding -> System.out.printf(
                Locale.ROOT,
                "%s %s %d: %s%n",
                finding.kind(),
                finding.room().isEmpty() ? "-" : finding.room(),
                finding.seq(),
                finding.text()));
        if (found > shown.size()) {
            System.out.printf(Locale.ROOT, "and %,d more%n", found - shown.size());
        }
        kinds.forEach(kind -> System.out.printf("%s: %s. Do this: %s.%n", kind, kind.meaning(), kind.remedy()));
        System.out.printf(
                Locale.ROOT,
                "%,d rooms, %,d events: %s (%.1f s)%n",
                read.rooms(),
                read.events(),
                found == 0 ? "no hole, no duplicate, every counter agrees" : found + " findings",
                seconds);
    }

    private JsonObject json(Read read, double seconds) {
        JsonArray findings = new JsonArray();
        shown.forEach(finding -> findings.add(new JsonObject()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("roomId", finding.room())
                .put("seq", finding.seq())
                .put("text", finding.text())));
        return new JsonObject()
                .put("sound", found == 0)
                .put("roomCount", read.rooms())
                .put("eventCount", read.events())
                .put("seconds", seconds)
                .put("found", found)
                .put("findings", findings);
    }
}
