package chat.parlance.search;

import chat.parlance.model.TextRange;
import chat.parlance.text.SearchLanguage;
import java.util.EnumSet;
import java.util.List;

/** Texts of a search, for the fuzzers. */
public final class SearchTexts {

    private static final WordForms FORMS = new WordForms(EnumSet.allOf(SearchLanguage.class));

    private SearchTexts() {}

    /** Reads the token of a page; an accepted one names the same place when it is written again. */
    public static void token(String token) {
        SearchPosition position = SearchPosition.of(token);
        if (!SearchPosition.of(position.token()).equals(position)) {
            throw new AssertionError("another place after " + position);
        }
    }

    /** Reads a query, which is the first line, and searches a message, which is the rest. */
    public static void query(String text) {
        int end = text.indexOf('\n');
        SearchQuery query = SearchQuery.parse(end < 0 ? text : text.substring(0, end), FORMS, QueryOptions.NONE);
        String message = text.substring(end + 1);
        for (TextRange range : query.in(message).orElse(List.of())) {
            if (range.start() < 0 || range.end() <= range.start() || range.end() > message.length()) {
                throw new AssertionError(range + " of " + message.length() + " characters");
            }
        }
    }
}
