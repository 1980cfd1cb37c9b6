package chat.parlance.json;

import chat.parlance.model.RoomId;
import chat.parlance.protocol.ServerFrame;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A frame of the server as a JSON object. */
record FrameJson(ServerFrame frame) implements JsonDocument {

    @Override
    public void writeMembers(JsonGenerator json) throws IOException {
        switch (frame) {
            case ServerFrame.Welcome welcome -> write(json, welcome);
            case ServerFrame.Joined joined -> write(json, joined);
            case ServerFrame.Left left -> begin(json, "left", left.ref(), left.room());
            case ServerFrame.Ack ack -> write(json, ack);
            case ServerFrame.Changed changed -> begin(json, "ack", changed.ref(), changed.room());
            case ServerFrame.RoomFound found -> write(json, found);
            case ServerFrame.Failed failed -> write(json, failed);
            case ServerFrame.Reset reset -> write(json, reset);
            case ServerFrame.Read read -> write(json, read);
            case ServerFrame.RoomPreferred preferred -> write(json, preferred);
            case ServerFrame.UserPreferred preferred -> write(json, preferred);
            case ServerFrame.ThreadState thread -> write(json, thread);
            case ServerFrame.Saved saved -> write(json, saved);
            case ServerFrame.Typing typing -> write(json, typing);
            case ServerFrame.Presence presence -> write(json, presence);
            case ServerFrame.Heads heads -> write(json, heads);
            case ServerFrame.Pong pong -> begin(json, "pong", pong.ref());
            case ServerFrame.Bye bye -> write(json, bye);
        }
    }

    private static void write(JsonGenerator json, ServerFrame.Welcome welcome) throws IOException {
        begin(json, "welcome", welcome.ref());
        json.writeStringField("userId", welcome.user().value());
        json.writeStringField("node", welcome.node());
        json.writeStringField("sessionId", welcome.session().toString());
        json.writeObjectFieldStart("limits");
        json.writeNumberField("textBytes", welcome.limits().textBytes());
        json.writeNumberField("frameBytes", welcome.limits().frameBytes());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ServerFrame.Ack ack) throws IOException {
        begin(json, "ack", ack.ref(), ack.room());
        json.writeStringField("id", ack.body().id().value());
        json.writeNumberField("seq", ack.stored().seq());
        json.writeStringField("stamp", ack.stored().stamp().toString());
        if (ack.body().target() != null) {
            json.writeNumberField("target", ack.body().target());
        }
    }

    private static void write(JsonGenerator json, ServerFrame.Failed failed) throws IOException {
        begin(json, "error", failed.ref());
        json.writeStringField("code", failed.reason().code().code());
        json.writeStringField("detail", failed.reason().detail());
        json.writeBooleanField("retryable", failed.reason().code().retryable());
        Duration retryAfter = failed.reason().retryAfter();
        if (retryAfter != null) {
            json.writeNumberField("retryAfterMs", retryAfter.toMillis());
        }
    }

    private static void write(JsonGenerator json, ServerFrame.Presence presence) throws IOException {
        begin(json, "presence", null, presence.room());
        json.writeNumberField("count", presence.count());
        if (presence.users() != null) {
            JsonDocument.writeUsers(json, "userIds", presence.users());
        }
        if (!presence.arrived().isEmpty()) {
            JsonDocument.writeUsers(json, "arrived", presence.arrived());
        }
        if (!presence.departed().isEmpty()) {
            JsonDocument.writeUsers(json, "departed", presence.departed());
        }
    }

    private static void write(JsonGenerator json, ServerFrame.Heads heads) throws IOException {
        begin(json, "heads", null);
        json.writeObjectFieldStart("heads");
        for (var room : heads.rooms().entrySet()) {
            json.writeNumberField(room.getKey().value(), room.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ServerFrame.Joined joined) throws IOException {
        begin(json, "joined", joined.ref(), joined.room());
        json.writeNumberField("head", joined.head());
    }

    private static void write(JsonGenerator json, ServerFrame.RoomFound found) throws IOException {
        begin(json, "room", found.ref());
        new RoomJson(found.room()).writeMembers(json);
    }

    private static void write(JsonGenerator json, ServerFrame.Reset reset) throws IOException {
        begin(json, "reset", null, reset.room());
        json.writeNumberField("since", reset.since());
        json.writeNumberField("head", reset.head());
    }

    private static void write(JsonGenerator json, ServerFrame.Read read) throws IOException {
        begin(json, "readMarker", read.ref());
        new ReadMarkerJson(read.marker()).writeMembers(json);
    }

    private static void write(JsonGenerator json, ServerFrame.RoomPreferred preferred) throws IOException {
        begin(json, "roomPreferences", null, preferred.room());
        PreferenceJson.of(preferred.preferences()).writeMembers(json);
    }

    private static void write(JsonGenerator json, ServerFrame.UserPreferred preferred) throws IOException {
        begin(json, "preferences", null);
        PreferenceJson.of(preferred.preferences()).writeMembers(json);
    }

    private static void write(JsonGenerator json, ServerFrame.ThreadState thread) throws IOException {
        begin(json, "thread", null);
        new ThreadMarkerJson(thread.marker()).writeMembers(json);
    }

    private static void write(JsonGenerator json, ServerFrame.Saved saved) throws IOException {
        begin(json, "saved", null, saved.mark().room());
        json.writeNumberField("seq", saved.mark().seq());
        json.writeBooleanField("saved", saved.mark().saved());
    }

    private static void write(JsonGenerator json, ServerFrame.Typing typing) throws IOException {
        begin(json, "userTyping", null, typing.room());
        json.writeStringField("userId", typing.user().value());
        json.writeNumberField("expiresInMs", typing.expiresInMs());
    }

    private static void write(JsonGenerator json, ServerFrame.Bye bye) throws IOException {
        begin(json, "bye", null);
        json.writeStringField("reason", bye.reason());
        json.writeNumberField("reconnectWithinMs", bye.reconnectWithinMs());
    }

    /** Begins a frame. */
    static void begin(JsonGenerator json, String type, @Nullable String ref) throws IOException {
        json.writeStringField("type", type);
        if (ref != null) {
            json.writeStringField("ref", ref);
        }
    }

    private static void begin(JsonGenerator json, String type, @Nullable String ref, RoomId room) throws IOException {
        begin(json, type, ref);
        json.writeStringField("roomId", room.value());
    }
}
