package chat.parlance.backup;

import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.ExitCode;
import chat.parlance.error.StartupException;
import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.DatabaseSnapshot;
import chat.parlance.persistence.StoredDatabase;
import chat.parlance.persistence.StoredTable;
import chat.parlance.progress.ProgressBar;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parlance backup}: writes all state of a server to one file. Blocks. */
@Command(
        name = "backup",
        description = {
            "Write all state of a server to one file: every table in one snapshot, and the signing key.",
            "Beside running nodes or with none. The passphrase encrypts the signing key; it is asked for, or is the"
                    + " first line of the standard input. The rest of the file is not encrypted. The file takes its"
                    + " name when it is complete, and none that exists is replaced."
        })
public final class BackupCommand implements Callable<Integer> {

    private static final int ROWS_PER_STEP = 20_000;

    private final ConfigFlags flags = new ConfigFlags();

    @Parameters(paramLabel = "FILE", description = "File that does not exist yet.")
    private Path file = Path.of("");

    @Option(names = "--passphraseFile", paramLabel = "FILE", description = "File whose first line is the passphrase.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--withoutKey",
            description = "Leave the signing key out, which then has to be kept in another place.")
    private boolean withoutKey;

    private final CommandLine line;

    private BackupCommand() {
        this.line = new CommandLine(this);
    }

    /** The command with its options. */
    public static CommandLine line() {
        BackupCommand command = new BackupCommand();
        command.flags.addTo(command.line.getCommandSpec(), "data", "postgres.uri", "auth.key");
        return command.line;
    }

    /** Exit code of the process. */
    @Override
    public Integer call() throws IOException {
        ParlanceConfig config = ConfigLoader.load(flags, System.getenv());
        if (Files.exists(file)) {
            throw StartupException.usage("the file " + file + " exists; name another one");
        }
        String key = withoutKey ? "" : signingKey(config);
        String passphrase = withoutKey ? "" : Passphrase.ofNew(passphraseFile);
        try (StoredDatabase database = StoredDatabase.open(config.postgres(), config.data());
                DatabaseSnapshot snapshot = DatabaseSnapshot.open(database.uri());
                BackupWriter writer = BackupWriter.create(file)) {
            Manifest manifest = write(snapshot, writer);
            if (!withoutKey) {
                writer.add(
                        Entries.SIGNING_KEY,
                        SealedKey.seal(key, passphrase, writer.checksums()).encodePrettily());
            }
            writer.finish();
            line.getOut()
                    .printf(
                            Locale.ROOT,
                            "%s: %,d rows of %d tables, schema %d, %,d bytes%n",
                            file,
                            manifest.rows(),
                            manifest.tables().size(),
                            manifest.schema().version(),
                            Files.size(file));
        }
        return ExitCode.DONE.code();
    }

    private static String signingKey(ParlanceConfig config) throws IOException {
        if (!config.auth().key().isEmpty()) {
            return config.auth().key().expose();
        }
        Path kept = config.data().resolve(DataFolder.SIGNING_KEY);
        if (!Files.exists(kept)) {
            throw StartupException.usage("there is no signing key: auth.key is not set, and " + kept
                    + " does not exist; set auth.key as the nodes have it, or leave the key out by --withoutKey");
        }
        return Files.readString(kept).strip();
    }

    private static Manifest write(DatabaseSnapshot snapshot, BackupWriter writer) throws IOException {
        ProgressBar bar = ProgressBar.ofProcess(snapshot.expectedRows(), "rows");
        List<Manifest.Rows> tables = new ArrayList<>();
        long total = 0;
        for (StoredTable table : snapshot.tables()) {
            long before = total;
            long[] rows = new long[1];
            writer.add(
                    Entries.rows(table.name()),
                    out -> rows[0] = snapshot.copy(table, new CountedRows(out, before, bar)));
            tables.add(new Manifest.Rows(table, rows[0]));
            total += rows[0];
        }
        bar.end(total);
        Manifest manifest = new Manifest(
                Instant.now().truncatedTo(ChronoUnit.SECONDS), snapshot.schema(), tables, snapshot.sequences());
        writer.add(Entries.MANIFEST, manifest.toJson().encodePrettily());
        return manifest;
    }

    /** Shows the number of rows that go through. */
    private static final class CountedRows extends FilterOutputStream {

        private final ProgressBar bar;
        private long count;

        CountedRows(OutputStream out, long before, ProgressBar bar) {
            super(out);
            this.count = before;
            this.bar = bar;
        }

        @Override
        public void write(byte[] row, int offset, int length) throws IOException {
            out.write(row, offset, length);
            if (++count % ROWS_PER_STEP == 0) {
                bar.show(count);
            }
        }
    }
}
