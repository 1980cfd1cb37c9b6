package chat.parlance.persistence;

import chat.parlance.search.Term;
import chat.parlance.search.Tokenizer;
import chat.parlance.search.Trait;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code search_entry}.
 *
 * @param terms the vector as Postgres reads it, null when the row is to be deleted
 */
record SearchEntry(
        int room, OffsetDateTime at, long seq, @Nullable String terms) {

    /** @param text null for a deleted message */
    static SearchEntry of(
            int room, OffsetDateTime at, long seq, String sender, @Nullable String text, Set<Trait> traits) {
        return new SearchEntry(
                room, at, seq, text == null ? null : vector(Integer.toHexString(room), sender, text, traits));
    }

    /** Suffix of a lexeme, after the number of the room, that each message with this trait has in its entry. */
    static String lexeme(Trait trait) {
        return "#" + trait.value();
    }

    /**
     * Vector of terms. Terms consist of letters, digits, marks and emoji, and ids are ASCII without quotes, so nothing
     * needs to be escaped.
     */
    private static String vector(String room, String sender, String text, Set<Trait> traits) {
        Map<String, StringBuilder> positions = new LinkedHashMap<>();
        for (Term term : Tokenizer.of(text)) {
            StringBuilder own = positions.computeIfAbsent(term.value(), value -> new StringBuilder());
            own.append(own.isEmpty() ? ':' : ',').append(term.position());
        }
        StringBuilder vector = new StringBuilder(text.length() * 2 + 32);
        vector.append('\'').append(room).append('@').append(sender).append('\'');
        traits.forEach(
                trait -> vector.append(" '").append(room).append(lexeme(trait)).append('\''));
        positions.forEach((value, at) -> vector.append(" '")
                .append(room)
                .append(':')
                .append(value)
                .append('\'')
                .append(at));
        return vector.toString();
    }
}
