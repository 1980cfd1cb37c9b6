package chat.parlance.persistence;

import chat.parlance.model.BodyWriter;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventField;
import chat.parlance.model.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a body that is to be stored, by their columns. */
final class BodyColumns implements BodyWriter {

    private final Map<String, Object> values = new HashMap<>();
    private final JsonObject body = new JsonObject();

    private BodyColumns() {}

    static BodyColumns of(EventBody.Posted body) {
        BodyColumns columns = new BodyColumns();
        body.write(columns);
        return columns;
    }

    @Nullable
    String text() {
        return (String) values.get("text");
    }

    /** Null for a kind that has no such field. */
    @Nullable
    Boolean removed() {
        return (Boolean) values.get("removed");
    }

    /** True when the room shows a reply, null for an event that is none. */
    @Nullable
    Boolean toRoom() {
        return values.containsKey("target") ? (Boolean) values.get("to_room") : null;
    }

    /** JSON of the column {@code body}, null when the body has no such field. */
    @Nullable
    String body() {
        return body.isEmpty() ? null : body.encode();
    }

    @Override
    public void seq(EventField field, @Nullable Long seq) {
        put(field, seq);
    }

    @Override
    public void text(EventField field, @Nullable String text) {
        put(field, text);
    }

    @Override
    public void flag(EventField field, boolean flag) {
        if (!EventColumn.of(field).equals(EventColumn.BODY)) {
            put(field, flag);
        } else if (flag) {
            body.put(field.wireName(), true);
        }
    }

    @Override
    public void texts(EventField field, List<String> texts) {
        if (!texts.isEmpty()) {
            body.put(field.wireName(), new JsonArray(texts));
        }
    }

    /** The storing transaction finds the users. */
    @Override
    public void users(EventField field, List<UserId> users) {}

    private void put(EventField field, @Nullable Object value) {
        if (value != null) {
            values.put(EventColumn.of(field), value);
        }
    }
}
