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
        switch (event.body()) {
            case EventBody.Message message -> writeMessage(json, message);
            case EventBody.Edit edit -> {
                writeSeq(json, "target", edit.target());
                writeText(json, edit.text());
                writeMentions(json, edit.mentions());
            }
            case EventBody.Delete delete -> writeSeq(json, "target", delete.target());
            case EventBody.Reaction reaction -> {
                writeSeq(json, "target", reaction.target());
                json.writeStringField("emoji", reaction.emoji());
                writeFlag(json, "removed", reaction.removed());
            }
            case EventBody.Pin pin -> {
                writeSeq(json, "target", pin.target());
                writeFlag(json, "removed", pin.removed());
            }
            case EventBody.MembershipChanged membership -> {
                json.writeStringField("userId", membership.user().value());
                json.writeStringField("change", membership.change().wireName());
            }
            case EventBody.Setting setting -> {
                json.writeStringField("change", setting.setting().wireName());
                if (setting.setting().hasValue()) {
                    json.writeStringField("text", setting.value());
                }
            }
        }
    }

    private static void writeMessage(JsonGenerator json, EventBody.Message message) throws IOException {
        writeText(json, message.text());
        writeFlag(json, "deleted", message.text() == null);
        writeSeq(json, "replyTo", message.replyTo());
        writeSeq(json, "thread", message.thread());
        writeFlag(json, "alsoToRoom", message.alsoToRoom());
        writeMentions(json, message.mentions());
        MessageState state = message.state();
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
                json.writeObjectFieldStart(reactions.emoji());
                json.writeNumberField("count", reactions.count());
                JsonDocument.writeUsers(json, "userIds", reactions.users());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private static void writeText(JsonGenerator json, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField("text", text);
        }
    }

    private static void writeMentions(JsonGenerator json, List<UserId> mentions) throws IOException {
        if (!mentions.isEmpty()) {
            JsonDocument.writeUsers(json, "mentions", mentions);
        }
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
