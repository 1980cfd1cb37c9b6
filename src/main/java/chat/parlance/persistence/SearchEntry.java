package chat.parlance.persistence;

import chat.parlance.search.Term;
import chat.parlance.search.Terms;
import chat.parlance.search.Trait;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code search_entry}.
 *
 * @param terms the vector as Postgres reads it, null when there is to be no such row
 */
record SearchEntry(
        int room, OffsetDateTime at, long seq, @Nullable String terms) {

    /** @param text null of a deleted message */
    static SearchEntry of(
            int room, OffsetDateTime at, long seq, String sender, @Nullable String text, Set<Trait> traits) {
        return new SearchEntry(
                room, at, seq, text == null ? null : vector(Integer.toHexString(room), sender, text, traits));
    }

    /** The end of a lexeme that the entry of each message with this trait has, after the number of its room. */
    static String lexeme(Trait trait) {
        return "#" + trait.value();
    }

    /** Terms are letters, digits, marks and emoji, ids are ASCII without quotes: nothing in it needs to be escaped. */
    private static String vector(String room, String sender, String text, Set<Trait> traits) {
        Map<String, StringBuilder> positions = new LinkedHashMap<>();
        for (Term term : Terms.of(text)) {
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
