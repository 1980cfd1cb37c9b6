package chat.parlance.backup;

import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.ExitCode;
import chat.parlance.error.StartupException;
import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.DatabaseLoad;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.persistence.StoredDatabase;
import chat.parlance.progress.ProgressBar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parlance restore}: makes a database of a backup. Blocks. */
@Command(
        name = "restore",
        description = {
            "Make an empty database what a backup has, and store its signing key.",
            "No node may run on it. The checksums and the passphrase are checked before anything is written. A backup"
                    + " of an earlier version is migrated to this one."
        })
public final class RestoreCommand implements Callable<Integer> {

    private final ConfigFlags flags = new ConfigFlags();

    @Parameters(paramLabel = "FILE", description = "File of parlance backup.")
    private Path file = Path.of("");

    @Option(names = "--passphraseFile", paramLabel = "FILE", description = "File whose first line is the passphrase.")
    private @Nullable Path passphraseFile;

    private final CommandLine line;

    private RestoreCommand() {
        this.line = new CommandLine(this);
    }

    /** The command with its options. */
    public static CommandLine line() {
        RestoreCommand command = new RestoreCommand();
        command.flags.addTo(command.line.getCommandSpec(), "data", "postgres.uri", "auth.key");
        return command.line;
    }

    /** Exit code of the process. */
    @Override
    public Integer call() throws IOException {
        ParlanceConfig config = ConfigLoader.load(flags, System.getenv());
        try (BackupFile backup = BackupFile.open(file)) {
            String key = backup.hasSigningKey() ? backup.signingKey(Passphrase.ofExisting(passphraseFile)) : "";
            try (StoredDatabase database = StoredDatabase.openOrMake(config.postgres(), config.data())) {
                fill(database.uri(), config.postgres().timeouts().startTimeoutMs(), backup);
            }
            line.getOut()
                    .printf(
                            Locale.ROOT,
                            "%,d rows of %d tables restored, as of %s%n",
                            backup.manifest().rows(),
                            backup.manifest().tables().size(),
                            backup.manifest().madeAt());
            line.getOut().println(keep(key, config));
        }
        return ExitCode.DONE.code();
    }

    private static void fill(PostgresUri uri, int startTimeoutMs, BackupFile backup) throws IOException {
        Manifest manifest = backup.manifest();
        Migrations.awaitDurablePostgres(uri, startTimeoutMs);
        DatabaseLoad.requireFree(uri, manifest.schema());
        Migrations.runTo(uri, startTimeoutMs, manifest.schema().version());
        ProgressBar bar = ProgressBar.ofProcess(manifest.rows(), "rows");
        try (DatabaseLoad load = DatabaseLoad.open(uri, manifest.schema(), manifest.storedTables())) {
            long total = 0;
            for (Manifest.Rows rows : manifest.tables()) {
                try (InputStream in = backup.rows(rows)) {
                    long count = load.copy(rows.table(), in);
                    if (count != rows.count()) {
                        throw new StartupException("table %s has %d rows of %d"
                                .formatted(rows.table().name(), count, rows.count()));
                    }
                    total += count;
                    bar.show(total);
                }
            }
            load.commit(manifest.sequences());
            bar.end(total);
        }
        Migrations.run(uri, startTimeoutMs);
    }

    /** @return the line about the key */
    private static String keep(String key, ParlanceConfig config) throws IOException {
        if (key.isEmpty()) {
            return "The backup has no signing key; clients renew their access tokens.";
        }
        if (config.auth().key().isEmpty()) {
            try (DataFolder folder = DataFolder.open(config.data())) {
                folder.keep(DataFolder.SIGNING_KEY, key);
                return "The signing key is in " + folder.path().resolve(DataFolder.SIGNING_KEY) + ".";
            }
        }
        return config.auth().key().expose().equals(key)
                ? "The signing key is that of auth.key."
                : "auth.key is not the signing key of the backup; clients renew their access tokens.";
    }
}
