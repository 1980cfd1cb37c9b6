package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the embedded Postgres, and another user who would replace one. */
final class ProgramsIT {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepOthersFromItsProgramsAndNotUnpackThemTwice() throws Exception {
        Path data = folder.resolve("data");
        startAndStop(data);
        Object unpacked = Files.getAttribute(postgres(data), "unix:ino");
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve(DataFolder.PROGRAMS))).isEqualTo("rwx------");
        try (Stream<Path> entries = Files.list(data)) {
            assertThat(entries)
                    .allSatisfy(entry ->
                            assertThat(mode(entry)).as(entry.toString()).endsWith("------"));
        }
        openTheWay();
        assertThatThrownBy(() -> asNobody("cp /bin/true " + postgres(data))).hasMessageContaining("Permission denied");
        assertThatThrownBy(() -> asNobody("ls " + data)).hasMessageContaining("Permission denied");
        startAndStop(data);
        assertThat(Files.getAttribute(postgres(data), "unix:ino")).isEqualTo(unpacked);
    }

    @Test
    void shouldNotRunProgramsPlacedByAnotherUser() throws Exception {
        Path data = folder.resolve("data");
        startAndStop(data);
        openTheWay();
        Path postgres = postgres(data);
        // As the library leaves it, in a folder that another user has created.
        Shell.run(
                List.of("chmod", "-R", "777", data.resolve(DataFolder.PROGRAMS).toString()));
        Shell.run(List.of("chmod", "755", data.toString()));
        Path ran = folder.resolve("ran");
        asNobody("rm " + postgres + "; printf '#!/bin/sh\\ntouch " + ran + "\\n' > " + postgres + "; chmod 755 "
                + postgres);
        startAndStop(data);
        assertThat(ran).doesNotExist();
        assertThat(Files.getOwner(postgres)).isEqualTo(Files.getOwner(data));
        assertThat(mode(data.resolve(DataFolder.PROGRAMS))).isEqualTo("rwx------");
    }

    /** In a separate process, because a JVM unpacks the programs once for all data folders. */
    private static void startAndStop(Path data) {
        try (NodeProcess node = NodeProcess.start(
                        Map.of(), "--data=" + data, "--drain.unreadyMs=0", "--drain.spreadMs=1")
                .awaitReady()) {
            node.stop();
        }
    }

    /** Opens JUnit's folder, which is private and would hide the tested effect. */
    private void openTheWay() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String asNobody(String command) {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root becomes another user");
        return Shell.run(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-euc", command));
    }

    private static Path postgres(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve(DataFolder.PROGRAMS))) {
            return files.filter(file -> file.endsWith("bin/postgres"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
