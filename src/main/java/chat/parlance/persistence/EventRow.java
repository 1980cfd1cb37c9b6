package chat.parlance.persistence;

import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A row of the table {@code event} as an {@link Event}. */
final class EventRow {

    /** The columns that {@link #event} reads. */
    static final String COLUMNS = "e.seq, e.at, e.sender, e.kind, e.client_id, e.subject, e.text";

    private EventRow() {}

    static Event event(RoomId room, Row row) {
        return new Event(room, row.getLong("seq"), instant(row, "at"), new UserId(row.getString("sender")), body(row));
    }

    static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at.toInstant();
    }

    private static EventBody body(Row row) {
        return switch (EventKind.of(row.getString("kind"))) {
            case MESSAGE -> new EventBody.Message(new ClientId(row.getString("client_id")), row.getString("text"));
            case MEMBERSHIP ->
                new EventBody.Membership(
                        new UserId(row.getString("subject")), MembershipChange.of(row.getString("text")));
        };
    }
}
