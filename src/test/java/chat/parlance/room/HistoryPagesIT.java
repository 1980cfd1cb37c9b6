package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of a history that are not its newest events, over REST. */
final class HistoryPagesIT extends MessageScene {

    @Test
    void shouldPageFromATimeOn() throws SQLException {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seqs.add(post(alice, "text " + i, null));
        }
        date(seqs.getFirst(), "2024-02-28T22:59:59.999Z");
        date(seqs.get(1), "2024-02-28T23:00:00Z");
        assertThat(seqs(alice.get(path("/messages?limit=2&from=2024-02-29T00:00:00%2B01:00"))))
                .containsExactly(seqs.get(1), seqs.get(2));
        assertThat(seqs(alice.get(path("/messages?limit=1&from=1999-01-01T00:00:00Z"))))
                .containsExactly(seqs.getFirst());
        assertThat(seqs(alice.get(path("/messages?from=2999-01-01T00:00:00Z")))).isEmpty();
        String last = message(seqs.getLast()).getString("at");
        assertThat(seqs(alice.get(path("/messages?from=" + last)))).contains(seqs.getLast());
        for (String bad : List.of("2024-02-30T00:00:00Z", "2024-02-29", "x", "")) {
            assertThat(Rest.code(alice.get(path("/messages?from=" + bad))))
                    .as(bad)
                    .isEqualTo("bad_request");
        }
        assertThat(Rest.code(alice.get(path("/messages?from=2024-02-29T00:00:00Z&after=1"))))
                .isEqualTo("bad_request");
    }

    @Test
    void shouldListPinsAndPagesOfMessagesAlone() {
        long first = post(alice, "one", null);
        long second = post(bob, "two", null);
        bob.send("PUT", path("/pins/" + first), null);
        react(bob, "PUT", first);
        long third = post(bob, "three", null);
        assertThat(seqs(alice.get(path("/pins")))).containsExactly(first);
        assertThat(message(first).getBoolean("pinned")).isTrue();
        assertThat(seqs(alice.get(path("/messages?limit=2")))).containsExactly(second, third);
        assertThat(seqs(alice.get(path("/messages?limit=2&before=" + third)))).containsExactly(first, second);
        assertThat(seqs(alice.get(path("/messages?limit=3&around=" + second)))).containsExactly(first, second, third);
        alice.send("DELETE", path("/pins/" + first), null);
        assertThat(seqs(alice.get(path("/pins")))).isEmpty();
        assertThat(alice.get(path("/messages?before=3&after=1")).statusCode()).isEqualTo(400);
        assertThat(alice.get(path("/messages/999")).statusCode()).isEqualTo(404);
        assertThat(alice.get(path("/messages/1")).statusCode()).isEqualTo(404);
    }

    /** Sets the time of all events up to one. */
    private void date(long seq, String at) throws SQLException {
        PostgresUri uri = TestNode.shared().postgres();
        try (Connection connection = DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
                PreparedStatement statement = connection.prepareStatement(
                        "update event set at = ?::timestamptz where room_id = ? and seq <= ? and at >"
                                + " ?::timestamptz")) {
            statement.setString(1, at);
            statement.setString(2, room);
            statement.setLong(3, seq);
            statement.setString(4, "2024-03-01T00:00:00Z");
            statement.executeUpdate();
        }
    }
}
