package chat.parlance.json;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MessageState;
import chat.parlance.model.UserId;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as a JSON object, the same in frames and in history. */
record EventJson(Event event) implements JsonDocument {

    static List<EventJson> of(List<Event> events) {
        return events.stream().map(EventJson::new).toList();
    }

    @Override
    public void writeMembers(JsonGenerator json) throws IOException {
        json.writeStringField("roomId", event.room().value());
        json.writeNumberField("seq", event.seq());
        json.writeStringField("stamp", event.stamp().toString());
        json.writeStringField("kind", event.body().kind().wireName());
        json.writeStringField("sender", event.sender().value());
        if (event.body() instanceof EventBody.Posted posted) {
            json.writeStringField("id", posted.id().value());
        }
        JsonDocument.writeTime(json, "at", event.at());
        event.body().write(new BodyJson(json));
        if (event.body() instanceof EventBody.Message message) {
            writeFlag(json, "deleted", message.text() == null);
            writeState(json, message.state());
        }
    }

    private static void writeState(JsonGenerator json, MessageState state) throws IOException {
        if (state.equals(MessageState.UNCHANGED)) {
            return;
        }
        writeSeq(json, "editedSeq", state.editedSeq());
        writeFlag(json, "pinned", state.pinned());
        MessageState.Replies replies = state.replies();
        if (replies != null) {
            json.writeNumberField("replyCount", replies.count());
            json.writeObjectFieldStart("lastReply");
            json.writeNumberField("seq", replies.last());
            JsonDocument.writeTime(json, "at", replies.lastAt());
            json.writeEndObject();
            JsonDocument.writeUsers(json, "repliers", replies.people());
        }
        if (!state.reactions().isEmpty()) {
            json.writeObjectFieldStart("reactions");
            for (MessageState.Reactions reactions : state.reactions()) {
                writeTally(json, reactions.emoji(), reactions.count(), reactions.users());
            }
            json.writeEndObject();
        }
        if (!state.votes().isEmpty()) {
            json.writeObjectFieldStart("votes");
            for (MessageState.Votes votes : state.votes()) {
                writeTally(json, votes.option(), votes.count(), votes.users());
            }
            json.writeEndObject();
        }
        writeSeq(json, "closedSeq", state.closedSeq());
    }

    private static void writeTally(JsonGenerator json, String name, int count, List<UserId> users) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", count);
        JsonDocument.writeUsers(json, "userIds", users);
        json.writeEndObject();
    }

    private static void writeSeq(JsonGenerator json, String name, @Nullable Long seq) throws IOException {
        if (seq != null) {
            json.writeNumberField(name, seq);
        }
    }

    private static void writeFlag(JsonGenerator json, String name, boolean flag) throws IOException {
        if (flag) {
            json.writeBooleanField(name, true);
        }
    }
}
