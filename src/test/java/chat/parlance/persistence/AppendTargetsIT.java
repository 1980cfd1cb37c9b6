package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RestoredRoom;
import chat.parlance.testing.TestNode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code append_events} compares the stamp of a target, of each kind of event that has one. */
final class AppendTargetsIT {

    private static final String ALICE = "targets-alice";
    private static final String BOB = "targets-bob";

    /** A batch of one or more events, by arrays of room, sender, kind, client id, target and stamp. */
    private static final String APPEND = """
        with input as (
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                 with ordinality as u (room, sender, kind, id, target, stamp, ordinal)
        ), batch as (
            select array_agg(room order by ordinal) as rooms, array_agg(sender order by ordinal) as senders,
                   array_agg(kind order by ordinal) as kinds, array_agg(id order by ordinal) as ids,
                   array_agg(target order by ordinal) as targets, array_agg(stamp order by ordinal) as stamps,
                   array_agg(case when kind in ('message', 'edit') then 'text' when kind = 'reaction' then '👍' end
                             order by ordinal) as texts,
                   array_agg(case when kind = 'message' and target is not null then false end order by ordinal) as to_rooms,
                   array_agg(case when kind in ('reaction', 'pin') then false end order by ordinal) as removals,
                   array_agg(case when kind = 'vote' then '{"options": ["yes"]}'
                                  when kind = 'message' then '{"options": ["yes", "no"]}' end order by ordinal) as bodies,
                   array_agg(null::text) as mentions, array_agg(1) as own_ranks,
                   array_agg(case when kind = 'edit' then 9 when kind in ('delete', 'close') then 2 else 1 end order by ordinal) as other_ranks,
                   array_agg(kind in ('delete', 'close') order by ordinal) as quiet
            from input
        )
        select a.outcome, a.seq, a.stamp
        from batch b,
             append_events(b.rooms, b.senders, b.kinds, b.ids, b.targets, b.stamps, b.texts, b.to_rooms, b.removals, b.bodies,
                           b.mentions, b.own_ranks, b.other_ranks, b.quiet, 0) a
        """;

    /** One event to append, of a room's member. */
    private record Draft(
            String sender,
            String kind,
            String id,
            @Nullable Long target,
            @Nullable Long stamp) {}

    private record Outcome(String name, long seq, long stamp) {}

    private Connection connection;
    private String room;
    private int ids;

    /** Events 1 and 2 are the joins of alice and bob. */
    @BeforeEach
    void makeRoom(TestInfo test) throws SQLException {
        room = "targets-" + Integer.toHexString((test.getTestMethod() + test.getDisplayName()).hashCode());
        Rest alice = Rest.logIn(TestNode.address(), ALICE);
        Rest.logIn(TestNode.address(), BOB);
        assertThat(alice.post("/rooms", Map.of("roomId", room, "memberIds", List.of(BOB)))
                        .statusCode())
                .isEqualTo(201);
        connection = Database.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "edit", "delete", "reaction", "pin", "vote", "close"})
    void shouldStoreOnlyEventsWithTheTargetsStampOrNone(String kind) throws SQLException {
        Outcome target = append(ALICE, "message", null, null);
        assertThat(append(ALICE, kind, target.seq(), target.stamp() ^ 1).name()).isEqualTo("other_target");
        assertThat(append(ALICE, kind, target.seq(), 0L).name()).isEqualTo("other_target");
        assertThat(append(ALICE, kind, target.seq() + 1, target.stamp()).name()).isEqualTo("other_target");
        assertThat(append(ALICE, kind, 0L, 0L).name()).isEqualTo("other_target");
        assertThat(append(ALICE, kind, target.seq() + 1, null).name()).isEqualTo("no_target");
        assertThat(rows("select count(*) from event where room_id = ?"))
                .as("stored")
                .isEqualTo(target.seq());
        assertThat(append(ALICE, kind, target.seq(), target.stamp()).name()).isEqualTo("stored");
        Outcome another = append(ALICE, "message", null, null);
        assertThat(append(ALICE, kind, another.seq(), null).name()).isEqualTo("stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "edit", "delete", "reaction", "pin", "vote", "close"})
    void shouldNotTouchTheMessageThatHasTheSeqAfterABackupWasRestored(String kind) throws SQLException {
        append(ALICE, "message", null, null);
        Outcome lost = append(ALICE, "message", null, null);
        RestoredRoom.backTo(room, lost.seq() - 1);
        assertThat(append(ALICE, kind, lost.seq(), lost.stamp()).name())
                .as("not there")
                .isEqualTo("other_target");
        Outcome replacement = append(ALICE, "message", null, null);
        assertThat(replacement.seq()).isEqualTo(lost.seq());
        assertThat(replacement.stamp()).isNotEqualTo(lost.stamp());
        assertThat(append(ALICE, kind, lost.seq(), lost.stamp()).name())
                .as("another")
                .isEqualTo("other_target");
        assertThat(append(BOB, kind, lost.seq(), lost.stamp()).name())
                .as("another's")
                .isEqualTo("other_target");
        assertThat(rows("select count(*) from message_state where room_id = ?"))
                .as("changed")
                .isZero();
        assertThat(rows("select count(*) from reaction where room_id = ?"))
                .as("reactions")
                .isZero();
        assertThat(rows("select count(*) from vote where room_id = ?"))
                .as("votes")
                .isZero();
        assertThat(append(ALICE, kind, replacement.seq(), replacement.stamp()).name())
                .isEqualTo("stored");
    }

    @Test
    void shouldAnswerARetryLikeTheFirstSendWithAnyStamp() throws SQLException {
        Outcome target = append(ALICE, "message", null, null);
        Draft edit = new Draft(ALICE, "edit", room + "-retry", target.seq(), target.stamp());
        Outcome first = append(edit);
        assertThat(first.name()).isEqualTo("stored");
        Outcome duplicate = new Outcome("duplicate", first.seq(), first.stamp());
        assertThat(append(edit)).isEqualTo(duplicate);
        assertThat(append(new Draft(ALICE, "edit", edit.id(), target.seq(), target.stamp() ^ 1)))
                .isEqualTo(duplicate);
        assertThat(append(new Draft(ALICE, "edit", edit.id(), target.seq(), null)))
                .isEqualTo(duplicate);
        assertThat(append(new Draft(ALICE, "delete", edit.id(), target.seq(), target.stamp() ^ 1))
                        .name())
                .isEqualTo("conflict");
        assertThat(append(new Draft(ALICE, "edit", edit.id(), 1L, target.stamp()))
                        .name())
                .isEqualTo("conflict");
    }

    @Test
    void shouldNotRevealTheStampToAUserWhoMayNotPost() throws SQLException {
        Outcome target = append(ALICE, "message", null, null);
        for (Long stamp : stamps(target)) {
            assertThat(append("targets-nobody", "reaction", target.seq(), stamp).name())
                    .isEqualTo("not_member");
        }
        execute("update member set muted = true where user_id = '" + BOB + "' and room_id = ?");
        for (Long stamp : stamps(target)) {
            assertThat(append(BOB, "reaction", target.seq(), stamp).name()).isEqualTo("muted");
        }
        execute("update room set archived = true where room_id = ?");
        for (Long stamp : stamps(target)) {
            assertThat(append(ALICE, "reaction", target.seq(), stamp).name()).isEqualTo("archived");
        }
    }

    @Test
    void shouldAnswerAsWithoutAStampWhenItFits() throws SQLException {
        Outcome target = append(ALICE, "message", null, null);
        assertThat(append(BOB, "edit", target.seq(), target.stamp()).name()).isEqualTo("forbidden");
        assertThat(append(BOB, "edit", target.seq(), target.stamp() ^ 1).name()).isEqualTo("other_target");
        long joined = rows("select stamp from event where seq = 1 and room_id = ?");
        assertThat(append(ALICE, "pin", 1L, joined).name()).as("no message").isEqualTo("no_target");
        assertThat(append(ALICE, "pin", 1L, joined ^ 1).name()).isEqualTo("other_target");
        append(ALICE, "delete", target.seq(), target.stamp());
        assertThat(append(ALICE, "pin", target.seq(), target.stamp()).name())
                .as("deleted")
                .isEqualTo("no_target");
        assertThat(append(ALICE, "pin", target.seq(), target.stamp() ^ 1).name())
                .isEqualTo("other_target");
    }

    @Test
    void shouldRefuseOneOfABatchAndStoreTheOthers() throws SQLException {
        Outcome target = append(ALICE, "message", null, null);
        List<Outcome> outcomes = append(List.of(
                new Draft(ALICE, "pin", room + "-b1", target.seq(), target.stamp()),
                new Draft(BOB, "reaction", room + "-b2", target.seq(), target.stamp() ^ 1),
                new Draft(BOB, "message", room + "-b3", target.seq(), target.stamp())));
        assertThat(outcomes).extracting(Outcome::name).containsExactly("stored", "other_target", "stored");
        assertThat(outcomes.getLast().seq()).isEqualTo(outcomes.getFirst().seq() + 1);
    }

    private static List<Long> stamps(Outcome target) {
        return List.of(target.stamp(), target.stamp() ^ 1);
    }

    private Outcome append(String sender, String kind, @Nullable Long target, @Nullable Long stamp)
            throws SQLException {
        ids++;
        return append(new Draft(sender, kind, room + "-" + ids, target, stamp));
    }

    private Outcome append(Draft draft) throws SQLException {
        return append(List.of(draft)).getFirst();
    }

    private List<Outcome> append(List<Draft> drafts) throws SQLException {
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setArray(1, array("text", drafts.stream().map(draft -> room).toArray()));
            append.setArray(2, array("text", drafts.stream().map(Draft::sender).toArray()));
            append.setArray(3, array("text", drafts.stream().map(Draft::kind).toArray()));
            append.setArray(4, array("text", drafts.stream().map(Draft::id).toArray()));
            append.setArray(5, array("int8", drafts.stream().map(Draft::target).toArray()));
            append.setArray(6, array("int8", drafts.stream().map(Draft::stamp).toArray()));
            try (ResultSet rows = append.executeQuery()) {
                List<Outcome> outcomes = new ArrayList<>();
                while (rows.next()) {
                    outcomes.add(new Outcome(rows.getString(1), rows.getLong(2), rows.getLong(3)));
                }
                assertThat(outcomes).hasSameSizeAs(drafts);
                return outcomes;
            }
        }
    }

    private Array array(String type, @Nullable Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private long rows(String count) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(count)) {
            statement.setString(1, room);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    private void execute(String change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(change)) {
            statement.setString(1, room);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
