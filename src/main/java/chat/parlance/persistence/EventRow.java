package chat.parlance.persistence;

import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MessageState;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code event} as an {@link Event}. */
final class EventRow {

    /** The columns that {@link #event} reads. */
    static final String COLUMNS =
            "e.seq, e.stamp, e.previous, e.at, e.sender, e.kind, e.client_id, e.subject, e.text, e.target, e.thread,"
                    + " e.to_room, e.removed, e.mentions";

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
                        reactions(row.getJsonArray("reactions"))));
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
        return switch (EventKind.of(row.getString("kind"))) {
            case MESSAGE ->
                new EventBody.Message(
                        id(row),
                        row.getString("text"),
                        row.getLong("target"),
                        Boolean.TRUE.equals(row.getBoolean("to_room")),
                        row.getLong("thread"),
                        mentions(row),
                        state);
            case EDIT -> new EventBody.Edit(id(row), row.getLong("target"), row.getString("text"), mentions(row));
            case DELETE -> new EventBody.Delete(id(row), row.getLong("target"));
            case REACTION ->
                new EventBody.Reaction(
                        id(row), row.getLong("target"), row.getString("text"), row.getBoolean("removed"));
            case PIN -> new EventBody.Pin(id(row), row.getLong("target"), row.getBoolean("removed"));
            case MEMBERSHIP ->
                new EventBody.MembershipChanged(
                        new UserId(row.getString("subject")), MembershipChange.of(row.getString("text")));
            case ROOM -> new EventBody.Setting(RoomSetting.of(row.getString("subject")), row.getString("text"));
        };
    }

    /** Users in the column {@code mentions}, which is null when there are none. */
    static List<UserId> mentions(Row row) {
        return users(row, "mentions");
    }

    private static MessageState.@Nullable Replies replies(Row row) {
        int count = row.getInteger("replies");
        return count == 0
                ? null
                : new MessageState.Replies(
                        count, row.getLong("last_reply"), instant(row, "last_reply_at"), users(row, "repliers"));
    }

    private static List<UserId> users(Row row, String column) {
        String[] users = row.getArrayOfStrings(column);
        return users == null ? List.of() : Arrays.stream(users).map(UserId::new).toList();
    }

    private static ClientId id(Row row) {
        return new ClientId(row.getString("client_id"));
    }

    private static List<MessageState.Reactions> reactions(JsonArray rows) {
        return rows.stream()
                .map(JsonArray.class::cast)
                .map(row -> new MessageState.Reactions(
                        row.getString(0),
                        row.getInteger(1),
                        row.getJsonArray(2).stream()
                                .map(user -> new UserId((String) user))
                                .toList()))
                .toList();
    }
}
