package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody.MembershipChanged;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.Permission;
import chat.parlance.room.RoomRules;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes joins by the SQL function {@code join_rooms}, which the migrations define and explain. The function decides which
 * joins are stored; {@link RoomRules} say why the others are not, so that a refusal is the same as that of any other
 * change of members.
 */
final class PostgresJoinWriter implements JoinWriter {

    private static final String JOIN = """
        select visibility, archived, membership, role, muted, server_role, is_locked, is_full, seq, previous, at
        from join_rooms($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /** First stamp that no event has. */
    private static final long STAMP_LIMIT = 1L << 48;

    private static final String[] HIDDEN_FROM =
            Permission.SEE_PUBLIC_ROOMS.rolesWithout().toArray(String[]::new);

    private final Statements statements;
    private final @Nullable Integer maxRooms;

    /** Seeds the stamps of each batch. */
    private final SecureRandom seeds = new SecureRandom();

    /** @param maxRooms the most rooms that one user may be in, without direct ones */
    PostgresJoinWriter(Statements statements, int maxRooms) {
        this.statements = statements;
        this.maxRooms = maxRooms == Integer.MAX_VALUE ? null : maxRooms;
    }

    @Override
    public Future<List<JoinOutcome>> write(List<Join> batch, int lockWaitMs) {
        String[] rooms = sorted(batch, join -> join.room().value());
        String[] users = sorted(batch, join -> join.user().value());
        SplittableRandom random = new SplittableRandom(seeds.nextLong());
        Long[] stamps =
                batch.stream().map(join -> random.nextLong(1, STAMP_LIMIT)).toArray(Long[]::new);
        Tuple parameters = Tuple.of(
                rooms,
                users,
                numbers(batch, join -> join.room().value(), rooms),
                numbers(batch, join -> join.user().value(), users),
                stamps,
                HIDDEN_FROM);
        parameters.addInteger(maxRooms).addInteger(lockWaitMs == NO_WAIT ? NO_WAIT : LockWait.timeoutMs(lockWaitMs));
        return statements.attempt(JOIN, parameters).map(rows -> outcomes(batch, stamps, rows));
    }

    private static String[] sorted(List<Join> batch, Function<Join, String> id) {
        return batch.stream().map(id).distinct().sorted().toArray(String[]::new);
    }

    /** Numbers from 1 on, as Postgres counts. */
    private static Integer[] numbers(List<Join> batch, Function<Join, String> id, String[] ids) {
        return batch.stream()
                .map(join -> Arrays.binarySearch(ids, id.apply(join)) + 1)
                .toArray(Integer[]::new);
    }

    private static List<JoinOutcome> outcomes(List<Join> batch, Long[] stamps, RowSet<Row> rows) {
        List<JoinOutcome> outcomes = new ArrayList<>(batch.size());
        for (Row row : rows) {
            int place = outcomes.size();
            outcomes.add(outcome(batch.get(place), stamps[place], row));
        }
        return outcomes;
    }

    private static JoinOutcome outcome(Join join, long stamp, Row row) {
        if (row.getBoolean("is_locked")) {
            return new JoinOutcome.Locked();
        }
        if (row.getLong("seq") != null) {
            return new JoinOutcome.Done(List.of(event(join.room(), join.user(), stamp, row)));
        }
        return row.getBoolean("is_full")
                ? new JoinOutcome.Refused(new ChatException(ErrorCode.ROOM_LIMIT))
                : withoutEvent(row);
    }

    private static Event event(RoomId room, UserId user, long stamp, Row row) {
        return new Event(
                room,
                row.getLong("seq"),
                new Stamp(stamp),
                EventRow.stamp(row, "previous"),
                EventRow.instant(row, "at"),
                user,
                new MembershipChanged(user, MembershipChange.JOINED));
    }

    private static JoinOutcome withoutEvent(Row row) {
        if (row.getString("visibility") == null) {
            return new JoinOutcome.Refused(new ChatException(ErrorCode.ROOM_NOT_FOUND));
        }
        String serverRole = row.getString("server_role");
        RoomRules.Situation situation = new RoomRules.Situation(
                RoomRow.visibility(row),
                row.getBoolean("archived"),
                RoomRow.membership(row),
                serverRole == null ? ServerRole.GUEST : ServerRole.of(serverRole));
        RoomRules.Subject self = new RoomRules.Subject(situation.actor(), true, 0);
        try {
            if (RoomRules.check(MembershipChange.JOINED, situation, self)) {
                // The rules allow what the function has not stored: the user has no account.
                return new JoinOutcome.Refused(new ChatException(ErrorCode.USER_NOT_FOUND));
            }
            return new JoinOutcome.Done(List.of());
        } catch (ChatException refused) {
            return new JoinOutcome.Refused(refused);
        }
    }
}
