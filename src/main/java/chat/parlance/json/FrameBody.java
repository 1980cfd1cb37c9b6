package chat.parlance.json;

import chat.parlance.model.BodyReader;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventField;
import chat.parlance.model.Poll;
import chat.parlance.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an event body in the frame of a client that posts it. A frame names its target {@code seq} and has no fields
 * that the store adds.
 */
record FrameBody(JsonFields fields) implements BodyReader {

    private static final String TARGET = "seq";

    @Override
    public ClientId id() {
        return new ClientId(fields.string("id"));
    }

    @Override
    public @Nullable Long seq(EventField field) {
        return switch (field) {
            case TARGET -> fields.seq(TARGET);
            case THREAD -> null;
            default -> fields.optionalSeq(field.wireName());
        };
    }

    @Override
    public String text(EventField field) {
        return fields.string(field.wireName());
    }

    @Override
    public boolean flag(EventField field) {
        return fields.flag(field.wireName());
    }

    @Override
    public List<String> texts(EventField field) {
        return Poll.stored(fields.strings(field.wireName()));
    }

    @Override
    public List<UserId> users(EventField field) {
        return List.of();
    }
}
