package chat.parlance.json;

import chat.parlance.error.ChatException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Member {@code ref} of a client's frame, which the answer repeats. */
final class FrameRef {

    private static final String NAME = "ref";
    private static final int MAX_LENGTH = 64;

    /**
     * Parser of JSON that {@link JsonFields} refuses; a frame is short, and parsing takes time in proportion to its
     * length.
     */
    private static final JsonFactory LENIENT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private FrameRef() {}

    /** @throws ChatException with {@code bad_request} for a ref that cannot be repeated */
    static @Nullable String of(JsonFields fields) {
        String ref = fields.optionalString(NAME);
        if (ref != null && !isUsable(ref)) {
            throw ChatException.badRequest("A ref is text of at most " + MAX_LENGTH + " characters");
        }
        return ref;
    }

    /**
     * Finds the ref of a refused frame, so that the client learns which frame it was. In malformed JSON it is the ref
     * before the first error.
     *
     * @return null when there is none, or an answer could not repeat it
     */
    static @Nullable String find(String text) {
        String ref = null;
        try (JsonParser parser = LENIENT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = NAME.equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (named) {
                    ref = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                }
                parser.skipChildren();
            }
        } catch (IOException malformed) {
            // The ref before the error identifies the frame.
        }
        return ref != null && isUsable(ref) ? ref : null;
    }

    /** False for half a surrogate pair, which has no form in UTF-8. */
    private static boolean isUsable(String ref) {
        return ref.length() <= MAX_LENGTH
                && ref.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }
}
