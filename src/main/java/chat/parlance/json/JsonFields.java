package chat.parlance.json;

import chat.parlance.error.ChatException;
import chat.parlance.model.Stamp;
import chat.parlance.model.Target;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object from a client: strings, whole numbers, booleans and lists of strings. Of other values
 * only the type is kept. Depth, numbers and names are bounded at each level and names must be unique, so parsing takes
 * time in proportion to the length.
 */
public final class JsonFields {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_LIST = 1000;

    /** Stands for any object. */
    private static final Map<String, Object> OBJECT = Map.of();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(32)
                    .maxNameLength(64)
                    .build())
            .build();

    private final Map<String, Object> values;

    private JsonFields(Map<String, Object> values) {
        this.values = values;
    }

    /** @throws ChatException with {@code bad_request} when the text is not one JSON object */
    public static JsonFields parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ChatException.badRequest("A JSON object was expected");
            }
            Map<String, Object> values = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                Object value = value(parser);
                if (value != null) {
                    values.put(name, value);
                }
            }
            if (parser.nextToken() != null) {
                throw ChatException.badRequest("Only one JSON object is allowed");
            }
            return new JsonFields(values);
        } catch (InputCoercionException outOfRange) {
            throw outOfRange();
        } catch (StreamConstraintsException tooMuch) {
            throw ChatException.badRequest("The JSON is nested too deep, or a name or number in it is too long");
        } catch (IOException malformed) {
            throw ChatException.badRequest("Malformed JSON");
        }
    }

    /** Members as JSON types, for a schema; a member that is null is absent. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    public String string(String name) {
        String value = optionalString(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /** @param otherwise default for an absent member */
    public String optionalString(String name, String otherwise) {
        String value = optionalString(name);
        return value == null ? otherwise : value;
    }

    public @Nullable String optionalString(String name) {
        return optional(name, String.class, "a string");
    }

    /** The seq of an event. */
    public long seq(String name) {
        Long value = optionalSeq(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /** @return false when absent */
    public boolean flag(String name) {
        Boolean value = optionalFlag(name);
        return value != null && value;
    }

    public @Nullable Boolean optionalFlag(String name) {
        return optional(name, Boolean.class, "true or false");
    }

    /** @return null when absent; never negative */
    public @Nullable Long optionalSeq(String name) {
        Long value = optional(name, Long.class, "a whole number");
        if (value != null && value < 0) {
            throw ChatException.badRequest("The member " + name + " is negative");
        }
        return value;
    }

    /** The seq, with the member {@code stamp} if present. */
    public Target target(String name) {
        return new Target(seq(name), optionalStamp());
    }

    /** The member {@code stamp} of an event that another member names by its seq, null when absent. */
    public @Nullable Stamp optionalStamp() {
        String text = optionalString("stamp");
        return text == null ? null : Stamp.parse(text);
    }

    /** @return empty when absent */
    public List<String> strings(String name) {
        List<?> list = optional(name, List.class, "a list of strings");
        if (list == null) {
            return List.of();
        }
        if (list.contains(OBJECT)) {
            throw ChatException.badRequest("The member " + name + " is not a list of strings");
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static ChatException missing(String name) {
        return ChatException.badRequest("The member " + name + " is missing");
    }

    private <T> @Nullable T optional(String name, Class<T> type, String expected) {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw ChatException.badRequest("The member " + name + " is not " + expected);
        }
        return type.cast(value);
    }

    /** @return null for a JSON null */
    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_ARRAY -> list(parser);
            case START_OBJECT -> {
                skip(parser);
                yield OBJECT;
            }
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw ChatException.badRequest("Malformed JSON");
        };
    }

    /** A whole number is a Long, and any other a Double. */
    private static Number number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw outOfRange();
        }
        return value;
    }

    /** Skips a value and its contents, to its last token; numbers in it must be in range too. */
    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = depth == 0 ? parser.currentToken() : parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric()) {
                number(parser);
            }
        } while (depth > 0);
    }

    private static ChatException outOfRange() {
        return ChatException.badRequest("A number is out of range");
    }

    /** @return the strings, or a list of one {@link #OBJECT} when anything else is among them or they are too many */
    private static List<?> list(JsonParser parser) throws IOException {
        List<String> strings = new ArrayList<>();
        boolean usable = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            usable &= parser.currentToken() == JsonToken.VALUE_STRING && strings.size() < MAX_LIST;
            if (usable) {
                strings.add(parser.getText());
            }
            skip(parser);
        }
        return usable ? strings : List.of(OBJECT);
    }
}
