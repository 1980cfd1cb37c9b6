package chat.parlance.json;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.Unread;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Read marker of a user in a room, as a JSON object. */
record ReadMarkerJson(ReadMarker marker) implements JsonDocument {

    @Override
    public void writeMembers(JsonGenerator json) throws IOException {
        json.writeStringField("roomId", marker.room().value());
        json.writeNumberField("readTo", marker.unread().readSeq());
        writeTurn(json, marker.unread());
        json.writeNumberField("head", marker.head());
        json.writeNumberField("unreadCount", marker.unread().messages());
        json.writeNumberField("mentionCount", marker.unread().mentions());
    }

    /** Writes the turn; omitted in the first turn, which most markers never leave. */
    static void writeTurn(JsonGenerator json, Unread unread) throws IOException {
        if (unread.turn() > 0) {
            json.writeNumberField("readTurn", unread.turn());
        }
    }
}
