package chat.parlance.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.build.Build;
import chat.parlance.error.StartupException;
import chat.parlance.persistence.Schema;
import chat.parlance.persistence.StoredTable;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of a backup: what is not exactly what was written is refused. */
final class BackupFileTest {

    private static final String PASSPHRASE = "staple of the nation";
    private static final String KEY = "the key that signs";
    private static final Manifest.Rows ROWS = new Manifest.Rows(new StoredTable("account", List.of("user_id")), 2);

    private static final Manifest MANIFEST = new Manifest(
            Instant.EPOCH,
            new Schema(List.of(new Schema.Migration(1, -7)), "0.1.0"),
            List.of(ROWS),
            Map.of("audit_id", 7L));

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasWritten() throws Exception {
        Path file = write(MANIFEST);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(read(file)).isEqualTo("alice\nbob\n" + KEY);
        try (BackupFile backup = BackupFile.open(file)) {
            assertThat(backup.manifest()).isEqualTo(MANIFEST);
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.partial");
    }

    /** A bit of each byte: the file is refused, or the bit is one of those of ZIP that carry nothing. */
    @Test
    void shouldRefuseEveryDamageThatChangesAnything() throws Exception {
        Path file = write(MANIFEST);
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);
            try (BackupFile backup = BackupFile.open(file)) {
                assertThat(backup.manifest()).as("byte " + i).isEqualTo(MANIFEST);
                assertThat(rows(backup)).as("byte " + i).isEqualTo("alice\nbob\n");
            } catch (StartupException damage) {
                assertThat(damage).hasMessageEndingWith("; nothing was changed");
                refused++;
            }
        }
        assertThat(refused).as("of " + whole.length).isGreaterThan(whole.length / 3);
    }

    @Test
    void shouldRefuseACutFile() throws Exception {
        Path file = write(MANIFEST);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> BackupFile.open(file).close())
                    .as("the first " + length + " bytes")
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("is no whole backup");
        }
        assertThatThrownBy(() -> BackupFile.open(folder.resolve("none")).close())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void shouldLeaveNothingOfABackupThatWasNotFinished() throws Exception {
        Path file = folder.resolve("broken-off");
        try (BackupWriter writer = BackupWriter.create(file)) {
            writer.add(Entries.rows("account"), "alice\n");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAnotherPassphraseAndOtherContents() throws Exception {
        try (BackupFile backup = BackupFile.open(write(MANIFEST))) {
            assertThatThrownBy(() -> backup.signingKey("staple of the nations"))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("the passphrase is not that of the backup");
        }
        JsonObject sealed = SealedKey.seal(KEY, PASSPHRASE, "a list");
        assertThat(SealedKey.open(sealed, PASSPHRASE, "a list")).isEqualTo(KEY);
        assertThatThrownBy(() -> SealedKey.open(sealed, PASSPHRASE, "another list"))
                .hasMessageContaining("somebody has changed the backup");
    }

    @Test
    void shouldNameTheVersionThatABackupOfANewerSchemaNeeds() throws Exception {
        int newer = Build.load().schema() + 1;
        Path file = write(new Manifest(
                Instant.EPOCH, new Schema(List.of(new Schema.Migration(newer, 1)), "9.8.7"), List.of(ROWS), Map.of()));
        assertThatThrownBy(() -> BackupFile.open(file).close())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("has the schema of version " + newer)
                .hasMessageContaining("restore it with Parlance 9.8.7 or newer");
    }

    private Path write(Manifest manifest) throws IOException {
        Path file = folder.resolve("backup");
        try (BackupWriter writer = BackupWriter.create(file)) {
            writer.add(Entries.rows("account"), "alice\nbob\n");
            writer.add(Entries.MANIFEST, manifest.toJson().encodePrettily());
            JsonObject sealed = SealedKey.seal(KEY, PASSPHRASE, writer.checksums());
            writer.add(Entries.SIGNING_KEY, sealed.encodePrettily());
            writer.finish();
        }
        return file;
    }

    private static String read(Path file) throws IOException {
        try (BackupFile backup = BackupFile.open(file)) {
            return rows(backup) + backup.signingKey(PASSPHRASE);
        }
    }

    private static String rows(BackupFile backup) throws IOException {
        try (InputStream in = backup.rows(ROWS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
