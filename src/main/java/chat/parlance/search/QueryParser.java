package chat.parlance.search;

import chat.parlance.error.ChatException;
import chat.parlance.model.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a query from left to right. */
final class QueryParser {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\S+");

    private final String typed;
    private int at;
    private final List<Clause> required = new ArrayList<>();
    private final List<Clause> excluded = new ArrayList<>();
    private final List<String> senders = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private int terms;
    private @Nullable Instant from;
    private @Nullable Instant until;

    QueryParser(String typed) {
        if (typed.length() > SearchQuery.MAX_LENGTH) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_LENGTH + " characters");
        }
        Text.requireStorable("search", typed);
        this.typed = typed;
    }

    SearchQuery parse() {
        skipBlanks();
        while (at < typed.length()) {
            item();
            skipBlanks();
        }
        if (required.isEmpty() && senders.isEmpty() && rooms.isEmpty() && from == null && until == null) {
            throw ChatException.badRequest(
                    excluded.isEmpty()
                            ? "There is nothing to search for: give a word, or one of from: in: before: after:"
                            : "A search that only leaves out needs a word or a filter too");
        }
        return new SearchQuery(required, excluded, senders, rooms, from, until);
    }

    private void item() {
        boolean exclude = typed.charAt(at) == '-' && at + 1 < typed.length() && !isBlank(at + 1);
        if (exclude) {
            at++;
        }
        if (typed.charAt(at) == '"') {
            clause(quoted(), exclude);
            return;
        }
        String word = word();
        int colon = word.indexOf(':');
        String name = colon < 0 ? "" : word.substring(0, colon).toLowerCase(Locale.ROOT);
        switch (name) {
            case "from", "in", "before", "after" -> {
                if (exclude) {
                    throw ChatException.badRequest(name + ": cannot be left out with -");
                }
                filter(name, word.substring(colon + 1));
            }
            default -> clause(word, exclude);
        }
    }

    private void filter(String name, String value) {
        if (value.isEmpty()) {
            throw ChatException.badRequest(name + ": needs a value right after it, such as " + example(name));
        }
        switch (name) {
            case "from" -> name(senders, name, value.startsWith("@") ? value.substring(1) : value);
            case "in" -> name(rooms, name, value.startsWith("#") ? value.substring(1) : value);
            case "before" -> {
                Instant time = time(name, value);
                until = until == null || time.isBefore(until) ? time : until;
            }
            default -> {
                Instant time = time(name, value);
                from = from == null || time.isAfter(from) ? time : from;
            }
        }
    }

    private static void name(List<String> names, String filter, String value) {
        if (names.size() == SearchQuery.MAX_NAMES) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_NAMES + " times " + filter + ":");
        }
        names.add(value.toLowerCase(Locale.ROOT));
    }

    private static Instant time(String name, String value) {
        try {
            if (DAY.matcher(value).matches()) {
                return LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (TIME.matcher(value).matches()) {
                return OffsetDateTime.parse(value).toInstant();
            }
        } catch (DateTimeException none) {
            // Told below, together with what has not even the form of a time.
        }
        throw ChatException.badRequest(name + ": needs a day or a time, such as " + example(name));
    }

    private static String example(String name) {
        return switch (name) {
            case "from" -> "from:alice";
            case "in" -> "in:garden";
            default -> name + ":2026-01-31 or " + name + ":2026-01-31T12:00:00Z";
        };
    }

    private void clause(String text, boolean exclude) {
        Clause clause = Clause.of(text);
        if (clause.words().isEmpty()) {
            // Punctuation alone is in no term, so it can neither be found nor left out.
            return;
        }
        if (required.size() + excluded.size() == SearchQuery.MAX_CLAUSES) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_CLAUSES + " words and phrases");
        }
        terms += clause.words().size();
        if (terms > SearchQuery.MAX_TERMS) {
            throw ChatException.badRequest("The search is too long, leave some of it out");
        }
        (exclude ? excluded : required).add(clause);
    }

    /** Up to the closing quotation mark. */
    private String quoted() {
        int close = typed.indexOf('"', at + 1);
        if (close < 0) {
            throw ChatException.badRequest("A quotation mark is not closed");
        }
        String phrase = typed.substring(at + 1, close);
        at = close + 1;
        return phrase;
    }

    /** Up to the next blank or quotation mark. */
    private String word() {
        int start = at;
        while (at < typed.length() && !isBlank(at) && typed.charAt(at) != '"') {
            at++;
        }
        return typed.substring(start, at);
    }

    private void skipBlanks() {
        while (at < typed.length() && isBlank(at)) {
            at++;
        }
    }

    private boolean isBlank(int index) {
        char character = typed.charAt(index);
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
