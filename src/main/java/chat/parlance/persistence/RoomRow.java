package chat.parlance.persistence;

import chat.parlance.model.Cursor;
import chat.parlance.model.LastMessage;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Role;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Stamp;
import chat.parlance.model.Unread;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of the tables {@code room} and {@code member} as records. */
final class RoomRow {

    /** Membership of a member who left while muted, whose row is kept; for all else a stranger. */
    private static final String LEFT = "left";

    private RoomRow() {}

    /** A whole room as one user sees it. */
    static Room room(Row row) {
        Membership viewer = membership(row);
        boolean joined = viewer != null && viewer.isJoined();
        return new Room(
                new RoomId(row.getString("room_id")),
                new RoomProfile(row.getString("name"), row.getString("topic"), row.getString("description")),
                visibility(row),
                row.getBoolean("archived"),
                new Cursor(row.getLong("head"), new Stamp(row.getLong("head_stamp"))),
                viewer,
                joined
                        ? new Unread(
                                row.getLong("read_seq"),
                                row.getInteger("unread"),
                                row.getInteger("mentions"),
                                row.getInteger("read_turn"))
                        : null,
                joined ? lastMessage(row) : null,
                joined ? PreferenceRow.ofRoom(row) : null,
                user(row, "invited_by"),
                user(row, "peer"));
    }

    private static @Nullable LastMessage lastMessage(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("message_at");
        return at == null ? null : new LastMessage(row.getLong("message_seq"), at.toInstant());
    }

    /**
     * Reads the columns {@code prefix}, {@code prefix_name}, {@code prefix_ambiguous} and {@code prefix_bot}; null when
     * there is no user.
     */
    private static @Nullable User user(Row row, String prefix) {
        String id = row.getString(prefix);
        return id == null
                ? null
                : new User(
                        new UserId(id),
                        row.getString(prefix + "_name"),
                        row.getBoolean(prefix + "_ambiguous"),
                        row.getBoolean(prefix + "_bot"));
    }

    static Visibility visibility(Row row) {
        return Visibility.of(row.getString("visibility"));
    }

    /** Reads the columns {@code membership, role} and {@code muted}; null for a stranger. */
    static @Nullable Membership membership(Row row) {
        return membership(row, "");
    }

    /** Reads columns that begin with {@code prefix}. */
    static @Nullable Membership membership(Row row, String prefix) {
        String membership = row.getString(prefix + "membership");
        return membership == null || membership.equals(LEFT)
                ? null
                : new Membership(
                        MembershipState.of(membership),
                        Role.of(row.getString(prefix + "role")),
                        row.getBoolean(prefix + "muted"));
    }
}
