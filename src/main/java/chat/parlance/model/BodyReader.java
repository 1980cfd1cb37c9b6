package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Source of the fields of an event body: frames, the bus and the store each have one. A kind reads its fields in the
 * order in which its bodies write them.
 */
public interface BodyReader {

    /** Client id of a posted event. */
    ClientId id();

    @Nullable
    Long seq(EventField field);

    @Nullable
    String text(EventField field);

    /** False when absent. */
    boolean flag(EventField field);

    /** Empty when absent. */
    List<String> texts(EventField field);

    /** Empty when absent. */
    List<UserId> users(EventField field);

    /** An emoji in its stored form. A source that is not the store checks it. */
    default String emoji(EventField field) {
        return TextRules.emoji(requiredText(field));
    }

    /** @throws IllegalArgumentException when the field is absent */
    default long requiredSeq(EventField field) {
        return required(field, seq(field));
    }

    /** @throws IllegalArgumentException when the field is absent */
    default String requiredText(EventField field) {
        return required(field, text(field));
    }

    private static <T> T required(EventField field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("an event without its field " + field.wireName());
        }
        return value;
    }
}
