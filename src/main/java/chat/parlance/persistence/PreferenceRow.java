package chat.parlance.persistence;

import chat.parlance.model.NotificationLevel;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.RoomSection;
import chat.parlance.model.UserPreferences;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows of the tables {@code room_preference} and {@code user_preference} as records; a missing row is the defaults. */
final class PreferenceRow {

    private PreferenceRow() {}

    /** Reads the columns {@code starred, notifications, hidden_to} and {@code revision}. */
    static RoomPreferences ofRoom(Row row) {
        Long revision = row.getLong("revision");
        return revision == null
                ? RoomPreferences.DEFAULT
                : new RoomPreferences(
                        row.getBoolean("starred"),
                        NotificationLevel.of(row.getString("notifications")),
                        row.getLong("hidden_to"),
                        revision);
    }

    /** Reads the columns {@code room_order, folded} and {@code revision}. */
    static UserPreferences ofUser(Row row) {
        return new UserPreferences(
                RoomOrder.of(row.getString("room_order")),
                Arrays.stream(row.getArrayOfStrings("folded"))
                        .map(RoomSection::of)
                        .collect(Collectors.toSet()),
                row.getLong("revision"));
    }
}
