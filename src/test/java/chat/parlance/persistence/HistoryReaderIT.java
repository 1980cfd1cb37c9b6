package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.HistoryReader.StoredEvent;
import chat.parlance.persistence.HistoryReader.StoredMember;
import chat.parlance.persistence.HistoryReader.StoredRoom;
import chat.parlance.testing.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryReaderIT {

    /** Rooms with interleaved events, and more of them than Postgres sorts in memory. */
    private static final String FILL = """
        insert into room (room_id, name, visibility, head, head_stamp)
        select 'room-' || r, 'room', 'public', 20000, 20000 from generate_series(1, 5) as r;
        insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
        select 'room-' || r, s, s, s - 1, now(), 'alice', 'message', r || '-' || s, repeat('text ', 20)
        from generate_series(1, 20000) as s, generate_series(1, 5) as r;
        analyze;
        """;

    private static final String WRITTEN = """
        select temp_bytes from pg_stat_database where datname = current_database()
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldHandOutEachRoomInOrderWithoutSortingTheHistory() throws Exception {
        try (DataFolder opened = DataFolder.open(folder);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            PostgresUri uri = database.uri();
            Migrations.run(uri, 10_000);
            try (Connection connection = Database.connect(uri);
                    Statement statement = connection.createStatement()) {
                statement.execute(FILL);
                long before = written(statement);
                Recorder recorder = new Recorder();
                try (HistoryReader reader = HistoryReader.open(uri)) {
                    reader.read(recorder);
                    assertThat(reader.countEvents()).isEqualTo(100_000);
                }
                assertThat(recorder.rooms).containsExactly("room-1", "room-2", "room-3", "room-4", "room-5");
                assertThat(recorder.inOrder).isEqualTo(100_000);
                assertThat(recorder.texts).isZero();
                assertThat(written(statement) - before)
                        .as("bytes in temporary files")
                        .isZero();
            }
        }
    }

    private static long written(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(WRITTEN)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static final class Recorder implements HistoryReader.Visitor {

        private final List<String> rooms = new ArrayList<>();
        private long last;
        private long inOrder;
        private long texts;

        @Override
        public void beginRoom(String id, @Nullable StoredRoom room, Map<String, StoredMember> members) {
            rooms.add(id);
            last = 0;
        }

        @Override
        public void accept(StoredEvent event) {
            inOrder += event.seq() == ++last ? 1 : 0;
            texts += event.text() == null ? 0 : 1;
        }

        @Override
        public void endRoom() {}
    }
}
