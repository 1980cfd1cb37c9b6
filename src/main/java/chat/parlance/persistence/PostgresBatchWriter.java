package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.EventBody;
import chat.parlance.model.Mentions;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Appends batches by the SQL function {@code append_events}, which the migrations define and explain. */
final class PostgresBatchWriter implements BatchWriter {

    private static final String APPEND = """
        select outcome, seq, at, thread, stamp, previous, mentions
        from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    /**
     * Limit of retries after a race of one client id in two rooms, which fails the batch of the loser; at the next try
     * it wins or is a conflict.
     */
    private static final int MAX_RACES = 5;

    private final Statements lanes;
    private final Statements lockWaiters;

    /**
     * @param lanes for batches that skip locked rooms
     * @param lockWaiters for batches that wait for the lock of their room
     */
    PostgresBatchWriter(Statements lanes, Statements lockWaiters) {
        this.lanes = lanes;
        this.lockWaiters = lockWaiters;
    }

    @Override
    public Future<List<WriteOutcome>> write(List<NewEvent> batch, int lockWaitMs) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(strings(batch, event -> event.room().value()))
                .addArrayOfString(strings(batch, event -> event.sender().value()))
                .addArrayOfString(strings(batch, event -> event.body().kind().wireName()))
                .addArrayOfString(strings(batch, event -> event.body().id().value()))
                .addArrayOfLong(
                        batch.stream().map(event -> event.body().target()).toArray(Long[]::new))
                .addArrayOfLong(
                        batch.stream().map(PostgresBatchWriter::targetStamp).toArray(Long[]::new))
                .addArrayOfString(strings(batch, event -> text(event.body())))
                .addArrayOfBoolean(
                        batch.stream().map(event -> toRoom(event.body())).toArray(Boolean[]::new))
                .addArrayOfBoolean(
                        batch.stream().map(event -> removed(event.body())).toArray(Boolean[]::new))
                .addArrayOfString(strings(batch, event -> names(event.body())))
                .addArrayOfInteger(ints(batch, Permission::ownRank))
                .addArrayOfInteger(ints(batch, Permission::othersRank))
                .addArrayOfBoolean(batch.stream()
                        .map(event -> !Permission.toPost(event.body()).speaks())
                        .toArray(Boolean[]::new))
                .addInteger(lockWaitMs == NO_WAIT ? NO_WAIT : LockWait.timeoutMs(lockWaitMs));
        return write(lockWaitMs == NO_WAIT ? lanes : lockWaiters, parameters, batch.size(), MAX_RACES);
    }

    private static Future<List<WriteOutcome>> write(Statements statements, Tuple parameters, int size, int races) {
        return statements
                .attempt(APPEND, parameters)
                .map(rows -> outcomes(rows, size))
                .recover(failure -> {
                    if (failure instanceof LockTimeoutException) {
                        return Future.succeededFuture(Collections.nCopies(size, new WriteOutcome.Locked()));
                    }
                    return races > 0 && Statements.isUniqueViolation(failure)
                            ? write(statements, parameters, size, races - 1)
                            : Future.failedFuture(failure);
                });
    }

    private static String[] strings(List<NewEvent> batch, Function<NewEvent, @Nullable String> value) {
        return batch.stream().map(value).toArray(String[]::new);
    }

    private static Integer[] ints(List<NewEvent> batch, ToIntFunction<Permission> value) {
        return batch.stream()
                .map(event -> value.applyAsInt(Permission.toPost(event.body())))
                .toArray(Integer[]::new);
    }

    private static @Nullable Long targetStamp(NewEvent event) {
        Stamp stamp = event.request().targetStamp();
        return stamp == null ? null : stamp.value();
    }

    private static @Nullable String text(EventBody.Posted body) {
        return switch (body) {
            case EventBody.Message message -> message.text();
            case EventBody.Edit edit -> edit.text();
            case EventBody.Reaction reaction -> reaction.emoji();
            case EventBody.Delete delete -> null;
            case EventBody.Pin pin -> null;
        };
    }

    /** True when the room shows a reply, null for an event that is none. */
    private static @Nullable Boolean toRoom(EventBody.Posted body) {
        boolean isReply = body instanceof EventBody.Message && body.target() != null;
        return isReply ? ((EventBody.Message) body).alsoToRoom() : null;
    }

    private static @Nullable Boolean removed(EventBody.Posted body) {
        return switch (body) {
            case EventBody.Reaction reaction -> reaction.removed();
            case EventBody.Pin pin -> pin.removed();
            case EventBody.Message message -> null;
            case EventBody.Edit edit -> null;
            case EventBody.Delete delete -> null;
        };
    }

    /** Users that a text names; the transaction keeps the members among them. */
    private static @Nullable String names(EventBody.Posted body) {
        List<UserId> users = switch (body) {
            case EventBody.Message message -> Mentions.in(message.text());
            case EventBody.Edit edit -> Mentions.in(edit.text());
            case EventBody.Delete delete -> List.of();
            case EventBody.Reaction reaction -> List.of();
            case EventBody.Pin pin -> List.of();
        };
        return users.isEmpty() ? null : users.stream().map(UserId::value).collect(Collectors.joining(","));
    }

    private static List<WriteOutcome> outcomes(RowSet<Row> rows, int size) {
        List<WriteOutcome> outcomes = new ArrayList<>(size);
        for (Row row : rows) {
            outcomes.add(outcome(row));
        }
        if (outcomes.size() != size) {
            throw new IllegalStateException(outcomes.size() + " outcomes for " + size + " events");
        }
        return outcomes;
    }

    private static WriteOutcome outcome(Row row) {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "stored" ->
                new AppendOutcome.Stored(
                        EventRow.cursor(row, "seq", "stamp"),
                        EventRow.stamp(row, "previous"),
                        EventRow.instant(row, "at"),
                        row.getLong("thread"),
                        EventRow.mentions(row));
            case "duplicate" -> new AppendOutcome.Duplicate(EventRow.cursor(row, "seq", "stamp"));
            case "conflict" -> new AppendOutcome.Refused(ErrorCode.MESSAGE_ID_CONFLICT);
            case "not_member" -> new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND);
            case "archived" -> new AppendOutcome.Refused(ErrorCode.ROOM_ARCHIVED);
            case "muted" -> new AppendOutcome.Refused(ErrorCode.ROOM_MUTED);
            case "other_target" -> new AppendOutcome.Refused(ErrorCode.HISTORY_CHANGED);
            case "no_target" -> new AppendOutcome.Refused(ErrorCode.MESSAGE_NOT_FOUND);
            case "forbidden" -> new AppendOutcome.Refused(ErrorCode.ROOM_FORBIDDEN);
            case "locked" -> new WriteOutcome.Locked();
            case "full" -> new AppendOutcome.Refused(ErrorCode.ROOM_FULL);
            default -> throw new IllegalStateException("outcome " + outcome);
        };
    }
}
