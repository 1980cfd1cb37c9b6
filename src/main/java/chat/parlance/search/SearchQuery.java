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
 * Parsed query. A hit has every required clause and none of the excluded ones, is of one of the senders and in one of
 * the rooms, if any are named, has all the traits, and was sent in the given time.
 *
 * @param senders user ids as typed, which need not exist
 * @param rooms room ids as typed
 * @param traits traits that each hit has
 * @param from the earliest time, null for any
 * @param until the end of the time, exclusive, null for none
 * @param filters as parsed, in the order of the query
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

    /** Longest query, in UTF-16 code units. */
    public static final int MAX_LENGTH = 512;

    /** Limit of words and phrases. */
    public static final int MAX_CLAUSES = 20;

    /** Limit of terms over all words and phrases; a character of a script without spaces is about one. */
    public static final int MAX_TERMS = 64;

    /** Limit of the forms of a query; words after that many are looked up unchanged. */
    static final int MAX_FORMS = 128;

    /** Limit of senders, and of rooms. */
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
     * Parses a query; docs/PROTOCOL.md describes the language.
     *
     * @param forms the forms of its words
     * @throws chat.parlance.error.ChatException {@code bad_request} with the problem, for any malformed query
     */
    static SearchQuery parse(String typed, WordForms forms, QueryOptions options) {
        return new QueryParser(typed, forms, options).parse();
    }

    /** True when the index can look up a part of the query, rather than only filter by it. */
    public boolean isSelective() {
        return !required.isEmpty() || !senders.isEmpty() || !traits.isEmpty();
    }

    /**
     * Matches in the present state of a message, see {@link #in(String)}; empty also when the message lacks a trait.
     */
    Optional<List<TextRange>> in(EventBody.Message message) {
        String text = message.text();
        return text == null || !traits.stream().allMatch(trait -> trait.isOf(message)) ? Optional.empty() : in(text);
    }

    /**
     * Matches in a text, rising and disjoint; empty when the text does not match. A query without words matches every
     * text, without ranges.
     */
    Optional<List<TextRange>> in(String text) {
        List<Term> terms = Tokenizer.of(text);
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
