package chat.parlance.json;

import chat.parlance.model.UserId;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** One JSON object that is being written. */
@FunctionalInterface
interface JsonDocument {

    JsonFactory FACTORY = new JsonFactory();

    /** Time format: RFC 3339 in UTC, always with milliseconds. */
    DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Writes the object's members. */
    void writeMembers(JsonGenerator json) throws IOException;

    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    default void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeMembers(json);
        json.writeEndObject();
    }

    static void writeList(JsonGenerator json, String name, List<? extends JsonDocument> documents) throws IOException {
        json.writeArrayFieldStart(name);
        for (JsonDocument document : documents) {
            document.write(json);
        }
        json.writeEndArray();
    }

    static void writeUsers(JsonGenerator json, String name, List<UserId> users) throws IOException {
        json.writeArrayFieldStart(name);
        for (UserId user : users) {
            json.writeString(user.value());
        }
        json.writeEndArray();
    }

    static void writeTime(JsonGenerator json, String name, Instant at) throws IOException {
        json.writeStringField(name, TIME.format(at));
    }
}
