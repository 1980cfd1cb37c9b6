package chat.parlance.json;

import chat.parlance.model.Cursor;
import chat.parlance.model.LastMessage;
import chat.parlance.model.Membership;
import chat.parlance.model.Room;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Unread;
import chat.parlance.model.User;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A room, as its viewer sees it, as a JSON object. */
record RoomJson(Room room) implements JsonDocument {

    @Override
    public void writeMembers(JsonGenerator json) throws IOException {
        RoomProfile profile = room.profile();
        json.writeStringField("roomId", room.id().value());
        json.writeStringField("name", profile.name());
        writeNotEmpty(json, "topic", profile.topic());
        writeNotEmpty(json, "description", profile.description());
        json.writeStringField("visibility", room.visibility().wireName());
        json.writeBooleanField("archived", room.archived());
        json.writeNumberField("head", room.head().seq());
        if (!room.head().equals(Cursor.START)) {
            json.writeStringField("headStamp", room.head().stamp().toString());
        }
        Membership viewer = room.viewer();
        if (viewer != null) {
            json.writeStringField("membership", viewer.state().wireName());
            if (viewer.isJoined()) {
                json.writeStringField("role", viewer.role().wireName());
                json.writeBooleanField("muted", viewer.muted());
            }
        }
        Unread unread = room.unread();
        if (unread != null) {
            json.writeNumberField("readTo", unread.readSeq());
            ReadMarkerJson.writeTurn(json, unread);
            json.writeNumberField("unreadCount", unread.messages());
            json.writeNumberField("mentionCount", unread.mentions());
        }
        LastMessage last = room.lastMessage();
        if (last != null) {
            json.writeObjectFieldStart("lastMessage");
            json.writeNumberField("seq", last.seq());
            JsonDocument.writeTime(json, "at", last.at());
            json.writeEndObject();
        }
        RoomPreferences preferences = room.preferences();
        if (preferences != null && preferences.revision() > 0) {
            json.writeObjectFieldStart("preferences");
            PreferenceJson.of(preferences).writeMembers(json);
            json.writeEndObject();
        }
        writeUser(json, "invitedBy", room.invitedBy());
        writeUser(json, "peer", room.peer());
    }

    /** Writes a user with the name, so that clients need not look up the user of each room. */
    private static void writeUser(JsonGenerator json, String member, @Nullable User user) throws IOException {
        if (user != null) {
            json.writeStringField(member, user.id().value());
            json.writeStringField(member + "Name", user.name());
            if (user.ambiguous()) {
                json.writeBooleanField(member + "Ambiguous", true);
            }
            if (user.bot()) {
                json.writeBooleanField(member + "Bot", true);
            }
        }
    }

    private static void writeNotEmpty(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }
}
