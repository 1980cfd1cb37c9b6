package chat.parlance.json;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.Unread;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Read marker of a user in a room, as a JSON object. */
record ReadMarkerJson(ReadMarker marker) implements JsonDocument {

    @Override
    public void writeMembers(JsonGenerator json) throws IOException {
        json.writeStringField("room", marker.room().value());
        json.writeNumberField("seq", marker.unread().readSeq());
        writeTurn(json, "turn", marker.unread());
        json.writeNumberField("head", marker.head());
        json.writeNumberField("unread", marker.unread().messages());
        json.writeNumberField("mentions", marker.unread().mentions());
    }

    /** Writes the turn; omitted in the first turn, which most markers never leave. */
    static void writeTurn(JsonGenerator json, String name, Unread unread) throws IOException {
        if (unread.turn() > 0) {
            json.writeNumberField(name, unread.turn());
        }
    }
}
