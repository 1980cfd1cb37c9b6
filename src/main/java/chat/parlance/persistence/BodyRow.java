package chat.parlance.persistence;

import chat.parlance.model.BodyReader;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventField;
import chat.parlance.model.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of an event body in a row of the table {@code event}. */
record BodyRow(Row row) implements BodyReader {

    @Override
    public ClientId id() {
        return new ClientId(row.getString("client_id"));
    }

    @Override
    public @Nullable Long seq(EventField field) {
        return row.getLong(EventColumn.of(field));
    }

    @Override
    public @Nullable String text(EventField field) {
        return row.getString(EventColumn.of(field));
    }

    @Override
    public boolean flag(EventField field) {
        String column = EventColumn.of(field);
        if (column.equals(EventColumn.BODY)) {
            JsonObject body = row.getJsonObject(column);
            return body != null && body.getBoolean(field.wireName(), false);
        }
        return Boolean.TRUE.equals(row.getBoolean(column));
    }

    @Override
    public List<String> texts(EventField field) {
        JsonObject body = row.getJsonObject(EventColumn.of(field));
        return body == null
                ? List.of()
                : body.getJsonArray(field.wireName(), new JsonArray()).stream()
                        .map(String.class::cast)
                        .toList();
    }

    @Override
    public List<UserId> users(EventField field) {
        return users(row, EventColumn.of(field));
    }

    /** A stored emoji is not checked again: a newer table of emoji must not make history unreadable. */
    @Override
    public String emoji(EventField field) {
        return requiredText(field);
    }

    /** Users in an array, which is null when there are none. */
    static List<UserId> users(Row row, String column) {
        String[] users = row.getArrayOfStrings(column);
        return users == null ? List.of() : Arrays.stream(users).map(UserId::new).toList();
    }
}
