package chat.parlance.search;

import chat.parlance.model.EventBody;
import chat.parlance.model.SearchFilter;
import chat.parlance.model.TextRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for. A hit has every required clause and none of the excluded ones, is of one of the senders and in
 * one of the rooms, if any are named, has all the traits, and was sent in the time given.
 *
 * @param senders user ids as they were typed, which need not be those of anybody
 * @param rooms room ids as they were typed
 * @param traits all of which a hit has
 * @param from the earliest time, null for any
 * @param until the first moment that is too late, null for none
 * @param filters as they were read, in the order of the query
 */
public record SearchQuery(
        List<Clause> required,
        List<Clause> excluded,
        List<String> senders,
        List<String> rooms,
        Set<Trait> traits,
        @Nullable Instant from,
        @Nullable Instant until,
        List<SearchFilter> filters) {

    /** The longest query, in UTF-16 code units. */
    public static final int MAX_LENGTH = 512;

    /** The most words and phrases. */
    public static final int MAX_CLAUSES = 20;

    /** The most terms over all words and phrases; a character of a script without spaces is about one. */
    public static final int MAX_TERMS = 64;

    /** The most forms of a query; words after that many are looked up as they are. */
    static final int MAX_FORMS = 128;

    /** The most senders, and the most rooms. */
    public static final int MAX_NAMES = 20;

    public SearchQuery {
        required = List.copyOf(required);
        excluded = List.copyOf(excluded);
        senders = List.copyOf(senders);
        rooms = List.copyOf(rooms);
        traits = Set.copyOf(traits);
        filters = List.copyOf(filters);
    }

    /**
     * Reads what a person typed; docs/PROTOCOL.md has the language.
     *
     * @param forms the forms of its words
     * @throws chat.parlance.error.ChatException {@code bad_request} with what is wrong, for anything that is no query
     */
    static SearchQuery parse(String typed, WordForms forms, QueryOptions options) {
        return new QueryParser(typed, forms, options).parse();
    }

    /** Whether something in it can be looked up, rather than only be filtered by. */
    public boolean isSelective() {
        return !required.isEmpty() || !senders.isEmpty() || !traits.isEmpty();
    }

    /** Where the words are in a message as it is now, see {@link #in(String)}; empty also when the message lacks a trait. */
    Optional<List<TextRange>> in(EventBody.Message message) {
        String text = message.text();
        return text == null || !traits.stream().allMatch(trait -> trait.isOf(message)) ? Optional.empty() : in(text);
    }

    /**
     * Where the words are in a text, rising and apart from each other; empty when the text is not what is searched for.
     * Of a query without words, every text is, and has no ranges.
     */
    Optional<List<TextRange>> in(String text) {
        List<Term> terms = Terms.of(text);
        if (excluded.stream().anyMatch(clause -> !clause.in(terms).isEmpty())) {
            return Optional.empty();
        }
        List<List<TextRange>> found =
                required.stream().map(clause -> clause.in(terms)).toList();
        return found.stream().anyMatch(List::isEmpty)
                ? Optional.empty()
                : Optional.of(
                        Excerpt.joined(found.stream().flatMap(List::stream).toList()));
    }
}
