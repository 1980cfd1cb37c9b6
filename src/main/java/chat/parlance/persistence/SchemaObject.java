package chat.parlance.persistence;

import java.util.Comparator;
import java.util.Locale;

/**
 * Object of the schema.
 *
 * @param name with the table of a trigger, {@code trigger on table}, and the number of parameters of a function, {@code
 *     function/2}: several functions may have one name
 */
record SchemaObject(Kind kind, String name) implements Comparable<SchemaObject> {

    private static final Comparator<SchemaObject> ORDER =
            Comparator.comparing(SchemaObject::kind).thenComparing(SchemaObject::name);

    /** Kind of an object, by the word of the statement that makes it. */
    enum Kind {
        TABLE,
        INDEX,
        FUNCTION,
        TRIGGER;

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public int compareTo(SchemaObject other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }
}
