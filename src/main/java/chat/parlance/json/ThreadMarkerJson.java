package chat.parlance.json;

import chat.parlance.model.ThreadMarker;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** State of a thread for a user, as a JSON object. */
record ThreadMarkerJson(ThreadMarker marker) implements JsonDocument {

    @Override
    public void writeMembers(JsonGenerator json) throws IOException {
        json.writeStringField("roomId", marker.room().value());
        json.writeNumberField("thread", marker.thread());
        json.writeBooleanField("following", marker.following());
        json.writeNumberField("readTo", marker.unread().readSeq());
        json.writeNumberField("head", marker.head());
        json.writeNumberField("unreadCount", marker.unread().messages());
        json.writeNumberField("mentionCount", marker.unread().mentions());
    }
}
