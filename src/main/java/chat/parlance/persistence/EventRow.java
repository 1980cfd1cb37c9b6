package chat.parlance.persistence;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MessageState;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code event} as an {@link Event}. */
final class EventRow {

    /** The columns that {@link #event} reads. */
    static final String COLUMNS =
            "e.seq, e.stamp, e.previous, e.at, e.sender, e.kind, e.client_id, e.subject, e.text, e.target, e.thread,"
                    + " e.to_room, e.removed, e.mentions, e.body";

    private EventRow() {}

    /** The event as it was stored. */
    static Event event(RoomId room, Row row) {
        return event(room, row, MessageState.UNCHANGED);
    }

    /**
     * The event in its present state: {@code text} and {@code mentions} are the present ones, and the columns {@code
     * edit_seq, pin_seq, replies, last_reply, last_reply_at, repliers} and {@code reactions}, a list of emoji, count
     * and users, give a message's state; all of them are null for an untouched message.
     */
    static Event present(RoomId room, Row row) {
        if (row.getInteger("replies") == null) {
            return event(room, row);
        }
        Long pinSeq = row.getLong("pin_seq");
        return event(
                room,
                row,
                new MessageState(
                        row.getLong("edit_seq"),
                        pinSeq != null && pinSeq > 0,
                        replies(row),
                        reactions(row.getJsonArray("reactions")),
                        votes(row.getJsonArray("votes")),
                        row.getLong("closed_seq")));
    }

    static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at.toInstant();
    }

    /** Cursor in two columns. */
    static Cursor cursor(Row row, String seq, String stamp) {
        return new Cursor(row.getLong(seq), stamp(row, stamp));
    }

    static Stamp stamp(Row row, String column) {
        return new Stamp(row.getLong(column));
    }

    private static Event event(RoomId room, Row row, MessageState state) {
        return new Event(
                room,
                row.getLong("seq"),
                stamp(row, "stamp"),
                stamp(row, "previous"),
                instant(row, "at"),
                new UserId(row.getString("sender")),
                body(row, state));
    }

    private static EventBody body(Row row, MessageState state) {
        EventBody body = EventKind.of(row.getString("kind")).read(new BodyRow(row));
        return body instanceof EventBody.Message message ? message.in(state) : body;
    }

    /** Users in the column {@code mentions}, which is null when there are none. */
    static List<UserId> mentions(Row row) {
        return BodyRow.users(row, "mentions");
    }

    private static MessageState.@Nullable Replies replies(Row row) {
        int count = row.getInteger("replies");
        return count == 0
                ? null
                : new MessageState.Replies(
                        count,
                        row.getLong("last_reply"),
                        instant(row, "last_reply_at"),
                        BodyRow.users(row, "repliers"));
    }

    private static List<MessageState.Reactions> reactions(JsonArray rows) {
        return tallies(rows, MessageState.Reactions::new);
    }

    /** @param rows null for a message without a poll */
    private static List<MessageState.Votes> votes(@Nullable JsonArray rows) {
        return rows == null ? List.of() : tallies(rows, MessageState.Votes::new);
    }

    @FunctionalInterface
    private interface Tally<T> {
        T of(String name, int count, List<UserId> users);
    }

    private static <T> List<T> tallies(JsonArray rows, Tally<T> tally) {
        return rows.stream()
                .map(JsonArray.class::cast)
                .map(row -> tally.of(
                        row.getString(0),
                        row.getInteger(1),
                        row.getJsonArray(2).stream()
                                .map(user -> new UserId((String) user))
                                .toList()))
                .toList();
    }
}
