package chat.parlance.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.error.ExitCode;
import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.Migrations;
import chat.parlance.testing.NodeProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parlance verify} on a history that its heap cannot hold. */
final class LongHistoryIT {

    private static final int HEAP_MIB = 48;

    /** With their ids, some 200 bytes each: more than the heap has, without the texts. */
    private static final int EVENTS = 300_000;

    private static final String FILL = """
        insert into account (user_id, name, password_hash) values ('alice', 'alice', '-');
        insert into room (room_id, name, visibility, head, head_stamp)
        values ('long', 'long', 'public', %1$d, %1$d);
        insert into member (room_id, user_id, role) values ('long', 'alice', 'owner');
        insert into event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
        values ('long', 1, 1, 0, now(), 'alice', 'membership', 'alice', 'joined');
        insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
        select 'long', s, s, s - 1, now(), 'alice', 'message', 'a-client-id-of-some-length-' || s, 'text'
        from generate_series(2, %1$d) as s;
        """.formatted(EVENTS);

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    private static Path folder;

    private static DataFolder opened;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        opened = DataFolder.open(folder.resolve("data"));
        database = EmbeddedDatabase.start(opened, 0);
        Migrations.run(database.uri(), 10_000);
        Verification.execute(database.uri(), FILL);
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
        opened.close();
    }

    @Test
    void shouldReadItInBoundedMemoryAndShowAPipeNothingButTheAnswer() throws Exception {
        Process process =
                NodeProcess.startBounded(List.of(), HEAP_MIB, "verify", "--json", "--data=" + folder.resolve("data"));
        Verification verification = Verification.of(process);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.events()).isEqualTo(EVENTS);
    }

    @Test
    void shouldShowOnATerminalHowFarItIs() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "there is nothing that makes a terminal");
        List<String> onTerminal = List.of("sh", "-c", "exec " + SCRIPT + " -qec \"$*\" /dev/null", "sh");
        Process process = NodeProcess.startBounded(onTerminal, HEAP_MIB, "verify", "--data=" + folder.resolve("data"));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output)
                .containsSubsequence(
                        "\r[##......................................] 20,000 events",
                        "\r[#####################...................] 160,000 events",
                        "\r[########################################] 300,000 events\r\n",
                        "1 rooms, 300,000 events: ");
        assertThat(process.waitFor()).isEqualTo(ExitCode.DONE.code());
    }
}
