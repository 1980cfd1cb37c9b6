package chat.parlance.json;

import chat.parlance.model.BodyWriter;
import chat.parlance.model.EventField;
import chat.parlance.model.UserId;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of an event body as members of a JSON object. A field that is absent, empty or false has no member. */
record BodyJson(JsonGenerator json) implements BodyWriter {

    @FunctionalInterface
    private interface Member {
        void write() throws IOException;
    }

    @Override
    public void seq(EventField field, @Nullable Long seq) {
        if (seq != null) {
            write(() -> json.writeNumberField(field.wireName(), seq));
        }
    }

    @Override
    public void text(EventField field, @Nullable String text) {
        if (text != null) {
            write(() -> json.writeStringField(field.wireName(), text));
        }
    }

    @Override
    public void flag(EventField field, boolean flag) {
        if (flag) {
            write(() -> json.writeBooleanField(field.wireName(), true));
        }
    }

    @Override
    public void texts(EventField field, List<String> texts) {
        if (!texts.isEmpty()) {
            write(() -> {
                json.writeArrayFieldStart(field.wireName());
                for (String text : texts) {
                    json.writeString(text);
                }
                json.writeEndArray();
            });
        }
    }

    @Override
    public void users(EventField field, List<UserId> users) {
        if (!users.isEmpty()) {
            write(() -> JsonDocument.writeUsers(json, field.wireName(), users));
        }
    }

    private static void write(Member member) {
        try {
            member.write();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
