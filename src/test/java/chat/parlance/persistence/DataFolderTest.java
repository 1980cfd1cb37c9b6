package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.error.StartupException;
import chat.parlance.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that other users could enter, by their real modes and owners. */
final class DataFolderTest {

    private static final String NOBODY = "65534";

    @TempDir
    private Path folder;

    @Test
    void shouldMakeAllOfItForItsUserAlone() throws IOException {
        Path data = folder.resolve("deep/data");
        try (DataFolder opened = DataFolder.open(data)) {
            opened.secret("token.key");
            opened.log("postgres.log");
            opened.programs();
        }
        assertThat(mode(folder.resolve("deep"))).isEqualTo("rwx------");
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve(DataFolder.PROGRAMS))).isEqualTo("rwx------");
        for (String file : List.of("lock", "token.key", "postgres.log")) {
            assertThat(mode(data.resolve(file))).as(file).isEqualTo("rw-------");
        }
        try (Stream<Path> all = Files.list(data)) {
            assertThat(all).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx--x---", "rwx--x--x", "rwx-w--w-", "rwxrwxrwx"})
    void shouldCloseAFolderThatWasOpenAndDropItsPrograms(String mode) throws IOException {
        Path data = folder.resolve("data");
        Path program = program(data, mode);
        try (DataFolder opened = DataFolder.open(data)) {
            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(opened.programs()).isEmptyDirectory();
            assertThat(mode(opened.programs())).isEqualTo("rwx------");
        }
        assertThat(program).doesNotExist();
    }

    @Test
    void shouldDropProgramsInAFolderOfTheirOwnThatWasOpen() throws IOException {
        Path data = folder.resolve("data");
        Path program = program(data, "rwx------");
        chmod(data.resolve(DataFolder.PROGRAMS), "rwx-w--w-");
        try (DataFolder opened = DataFolder.open(data)) {
            assertThat(opened.programs()).isEmptyDirectory();
        }
        assertThat(program).doesNotExist();
    }

    @Test
    void shouldKeepProgramsThatNoOtherUserCouldReach() throws IOException {
        Path data = folder.resolve("data");
        Path program = program(data, "rwx------");
        try (DataFolder opened = DataFolder.open(data)) {
            opened.programs();
        }
        assertThat(program).exists();
    }

    @Test
    void shouldRefuseAFileThatOthersCouldWrite() throws IOException {
        Path data = folder.resolve("data");
        program(data, "rwxr-xr-x");
        Files.createDirectory(data.resolve("postgres"));
        chmod(data.resolve("postgres"), "rwxr-xr-x");
        chmod(Files.createFile(data.resolve("postgres/pg_hba.conf")), "rw-rw-r--");
        assertThatThrownBy(() -> DataFolder.open(data))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "was open to other users, who could write to " + data.resolve("postgres/pg_hba.conf"));
        assertThat(mode(data)).as("closed all the same").isEqualTo("rwx------");
    }

    @Test
    void shouldNotScanAFolderThatNoOtherUserCouldEnter() throws IOException {
        Path data = folder.resolve("data");
        program(data, "rwxr-xr-x");
        Files.createDirectory(data.resolve("postgres"), PrivateFolder.FOLDER_MODE);
        chmod(Files.createFile(data.resolve("postgres/file")), "rw-rw-rw-");
        DataFolder.open(data).close();
    }

    @Test
    void shouldRefuseAFolderOfAnotherUser() throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectory(data, PrivateFolder.FOLDER_MODE);
        giveToAnotherUser(data);
        assertThatThrownBy(() -> DataFolder.open(data))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("belongs to the user nobody, and this process runs as ");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void shouldRefuseFilesThatAnotherUserLeftInAFolder() throws IOException {
        Path data = folder.resolve("data");
        program(data, "rwxrwxrwx");
        giveToAnotherUser(Files.createFile(data.resolve("token.key")));
        assertThatThrownBy(() -> DataFolder.open(data))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(data.resolve("token.key") + " belongs to the user nobody; remove it");
    }

    @Test
    void shouldRefuseAFolderThatEveryUserMayReplace() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        chmod(open, "rwxrwxrwx");
        Path data = open.resolve("data");
        assertThatThrownBy(() -> DataFolder.open(data))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "every user may replace it, for " + open + " is writable for all; chmod o-w " + open);
        assertThat(data).doesNotExist();
        Path inside = Files.createSymbolicLink(folder.resolve("link"), open.resolve("data"));
        assertThatThrownBy(() -> DataFolder.open(inside)).hasMessageContaining("chmod o-w " + open);
    }

    @Test
    void shouldRefuseALinkWhereEveryUserMayCreateOne() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Shell.run(List.of("chmod", "1777", shared.toString()));
        Path link = Files.createSymbolicLink(shared.resolve("link"), Files.createDirectory(folder.resolve("data")));
        assertThatThrownBy(() -> DataFolder.open(link))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(link + " is a link in a folder where every user may make one");
        DataFolder.open(shared.resolve("data")).close();
        assertThat(mode(shared.resolve("data"))).isEqualTo("rwx------");
    }

    @Test
    void shouldFollowALinkOfItsUser() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        chmod(data, "rwxr-xr-x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("../" + folder.getFileName() + "/data"));
        DataFolder.open(link).close();
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(data.resolve("lock")).exists();
    }

    @Test
    void shouldNotWriteThroughALinkInPlaceOfItsLock() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"), PrivateFolder.FOLDER_MODE);
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(data.resolve("lock"), elsewhere);
        assertThatThrownBy(() -> DataFolder.open(data)).isInstanceOf(StartupException.class);
        assertThat(elsewhere).doesNotExist();
    }

    private static Path program(Path data, String mode) throws IOException {
        Path bin = Files.createDirectories(data.resolve(DataFolder.PROGRAMS).resolve("bin"), PrivateFolder.FOLDER_MODE);
        Path program = Files.createFile(bin.resolve("postgres"));
        chmod(data, mode);
        return program;
    }

    private static void giveToAnotherUser(Path path) {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        Shell.run(List.of("chown", "-h", NOBODY, path.toString()));
    }

    /** Sets the mode, whatever the umask. */
    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
