package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.Cursor;
import chat.parlance.model.EventBody;
import chat.parlance.model.Mentions;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import chat.parlance.room.Permission;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events of any kind of a batch, as parameters and rows of the SQL function {@code append_events}. */
record EventBatch(List<NewEvent> events) {

    /** Columns that {@link #outcomes} reads, by their index. */
    static final String COLUMNS = "outcome, seq, at, thread, stamp, previous, mentions";

    private static final int OUTCOME = 0;
    private static final int SEQ = 1;
    private static final int AT = 2;
    private static final int THREAD = 3;
    private static final int STAMP = 4;
    private static final int PREVIOUS = 5;
    private static final int MENTIONS = 6;

    /** Adds the parameters of {@code append_events}. */
    void addTo(Tuple parameters, int lockWaitMs) {
        List<BodyColumns> bodies =
                events.stream().map(event -> BodyColumns.of(event.body())).toList();
        parameters
                .addArrayOfString(strings(event -> event.room().value()))
                .addArrayOfString(strings(event -> event.sender().value()))
                .addArrayOfString(strings(event -> event.body().kind().wireName()))
                .addArrayOfString(strings(event -> event.body().id().value()))
                .addArrayOfLong(longs(event -> event.body().target()))
                .addArrayOfLong(longs(EventBatch::targetStamp))
                .addArrayOfString(bodies.stream().map(BodyColumns::text).toArray(String[]::new))
                .addArrayOfBoolean(bodies.stream().map(BodyColumns::toRoom).toArray(Boolean[]::new))
                .addArrayOfBoolean(bodies.stream().map(BodyColumns::removed).toArray(Boolean[]::new))
                .addArrayOfString(bodies.stream().map(BodyColumns::body).toArray(String[]::new))
                .addArrayOfString(strings(event -> names(event.body())))
                .addArrayOfInteger(ranks(Permission::ownRank))
                .addArrayOfInteger(ranks(Permission::othersRank))
                .addArrayOfBoolean(
                        booleans(event -> !Permission.toPost(event.body()).speaks()))
                .addInteger(lockWaitMs);
    }

    /** @param rows an event each, in order */
    List<WriteOutcome> outcomes(RowSet<Row> rows) {
        List<WriteOutcome> outcomes = new ArrayList<>(events.size());
        for (Row row : rows) {
            outcomes.add(outcome(row));
        }
        if (outcomes.size() != events.size()) {
            throw new IllegalStateException(outcomes.size() + " outcomes for " + events.size() + " events");
        }
        return outcomes;
    }

    private String[] strings(Function<NewEvent, @Nullable String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }

    private Long[] longs(Function<NewEvent, @Nullable Long> value) {
        return events.stream().map(value).toArray(Long[]::new);
    }

    private Boolean[] booleans(Function<NewEvent, @Nullable Boolean> value) {
        return events.stream().map(value).toArray(Boolean[]::new);
    }

    private Integer[] ranks(ToIntFunction<Permission> value) {
        return events.stream()
                .map(event -> value.applyAsInt(Permission.toPost(event.body())))
                .toArray(Integer[]::new);
    }

    private static @Nullable Long targetStamp(NewEvent event) {
        Stamp stamp = event.request().targetStamp();
        return stamp == null ? null : stamp.value();
    }

    /** Users that a text names; the transaction keeps the members among them. */
    private static @Nullable String names(EventBody.Posted body) {
        List<UserId> users = Mentions.in(body.text());
        return users.isEmpty() ? null : users.stream().map(UserId::value).collect(Collectors.joining(","));
    }

    private static WriteOutcome outcome(Row row) {
        String outcome = row.getString(OUTCOME);
        return switch (outcome) {
            case "stored" ->
                new AppendOutcome.Stored(
                        cursor(row),
                        new Stamp(row.getLong(PREVIOUS)),
                        row.getOffsetDateTime(AT).toInstant(),
                        row.getLong(THREAD),
                        mentions(row.getArrayOfStrings(MENTIONS)));
            case "duplicate" -> new AppendOutcome.Duplicate(cursor(row));
            case "conflict" -> new AppendOutcome.Refused(ErrorCode.MESSAGE_ID_CONFLICT);
            case "not_member" -> new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND);
            case "archived" -> new AppendOutcome.Refused(ErrorCode.ROOM_ARCHIVED);
            case "muted" -> new AppendOutcome.Refused(ErrorCode.ROOM_MUTED);
            case "other_target" -> new AppendOutcome.Refused(ErrorCode.HISTORY_CHANGED);
            case "no_target" -> new AppendOutcome.Refused(ErrorCode.MESSAGE_NOT_FOUND);
            case "forbidden" -> new AppendOutcome.Refused(ErrorCode.ROOM_FORBIDDEN);
            case "locked" -> new WriteOutcome.Locked();
            case "no_poll" -> new AppendOutcome.Refused(ErrorCode.POLL_NOT_FOUND);
            case "no_option" -> new AppendOutcome.Refused(ErrorCode.POLL_INVALID_VOTE);
            case "closed" -> new AppendOutcome.Refused(ErrorCode.POLL_CLOSED);
            case "full" -> new AppendOutcome.Refused(ErrorCode.ROOM_FULL);
            default -> throw new IllegalStateException("outcome " + outcome);
        };
    }

    private static Cursor cursor(Row row) {
        return new Cursor(row.getLong(SEQ), new Stamp(row.getLong(STAMP)));
    }

    private static List<UserId> mentions(String @Nullable [] users) {
        return users == null ? List.of() : Arrays.stream(users).map(UserId::new).toList();
    }
}
