package chat.parlance.search;

import chat.parlance.error.ChatException;
import chat.parlance.model.Text;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a query from left to right. */
final class QueryParser {

    private static final String FILTERS = "from: in: on: before: after:";

    /** Hyphens and minus signs of keyboards of the world. */
    private static final String MINUS = "-−－﹣‐‑";

    /** Fewest letters of a beginning that is being typed: one begins too many words, but a syllable of Korean does not. */
    private static final int MIN_BEGINNING = 2;

    private final String typed;
    private final WordForms wordForms;
    private final QueryOptions options;
    private final TimeSpan time;
    private int at;
    private final List<Clause> required = new ArrayList<>();
    private final List<Clause> excluded = new ArrayList<>();
    private final List<String> senders = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private int terms;
    private int forms;

    QueryParser(String typed, WordForms wordForms, QueryOptions options) {
        if (typed.length() > SearchQuery.MAX_LENGTH) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_LENGTH + " characters");
        }
        Text.requireStorable("search", typed);
        // Marks of direction and joiners are invisible, and terms have none.
        this.typed = typed.replaceAll("\\p{Cf}", "");
        this.wordForms = wordForms;
        this.options = options;
        this.time = new TimeSpan(options.zone());
    }

    SearchQuery parse() {
        skipBlanks();
        while (at < typed.length()) {
            item();
            skipBlanks();
        }
        if (required.isEmpty() && senders.isEmpty() && rooms.isEmpty() && time.from() == null && time.until() == null) {
            throw ChatException.badRequest(nothing());
        }
        return new SearchQuery(required, excluded, senders, rooms, time.from(), time.until());
    }

    private String nothing() {
        if (!excluded.isEmpty()) {
            return "A search that only leaves out needs a word or a filter too";
        }
        return (Text.isBlank(typed) ? "There is nothing to search for" : "Punctuation alone cannot be found")
                + ": give a word, an emoji, or one of " + FILTERS;
    }

    private void item() {
        boolean exclude = MINUS.indexOf(typed.charAt(at)) >= 0 && at + 1 < typed.length() && !isBlank(at + 1);
        if (exclude) {
            at++;
        }
        int close = Quotes.closing(typed, at);
        if (close >= 0) {
            add(Clause.phrase(typed.substring(at + 1, close)), exclude);
            at = close + 1;
            return;
        }
        String word = word();
        int colon = colon(word);
        String name = colon < 0 ? "" : plain(word.substring(0, colon));
        switch (name) {
            case "from", "in", "on", "before", "after" -> {
                if (exclude) {
                    throw ChatException.badRequest(name + ": cannot be left out with -");
                }
                filter(name, word.substring(colon + 1));
            }
            default -> add(Clause.of(word, last -> forms(word, last, exclude)), exclude);
        }
    }

    /** The forms that the last word of a clause may have. */
    private List<Form> forms(String word, Term last, boolean exclude) {
        List<Form> all = forms < SearchQuery.MAX_FORMS ? wordForms.of(last.value()) : List.of(Form.exact(last.value()));
        boolean typing = options.lastWordBegins() && at == typed.length() && last.end() == word.length();
        boolean begins = last.value().length() >= MIN_BEGINNING
                || Script.isHangul(last.value().codePointAt(0));
        if (!typing || exclude || !begins) {
            return all;
        }
        List<Form> begun = new ArrayList<>(List.of(Form.beginning(last.value())));
        all.stream().filter(form -> !form.value().startsWith(last.value())).forEach(begun::add);
        return begun;
    }

    private void filter(String name, String written) {
        int close = written.isEmpty() && at < typed.length() ? Quotes.closing(typed, at) : -1;
        String value =
                plain(close < 0 ? written : typed.substring(at + 1, close).strip());
        at = Math.max(at, close + 1);
        String problem = value.isEmpty() ? "a value right after it" : apply(name, value);
        // A filter that is still being typed is no error while there is something to search for.
        boolean typing = options.lastWordBegins() && at == typed.length() && !required.isEmpty();
        if (problem != null && !typing) {
            throw ChatException.badRequest(name + ": needs " + problem + ", such as " + example(name));
        }
    }

    /** @return what the filter needs instead of the value, null when it is one */
    private @Nullable String apply(String name, String value) {
        switch (name) {
            case "from" -> name(senders, name, value.startsWith("@") ? value.substring(1) : value);
            case "in" -> name(rooms, name, value.startsWith("#") ? value.substring(1) : value);
            case "on" -> {
                return time.on(value) ? null : "a day";
            }
            case "before" -> {
                return time.before(value.toUpperCase(Locale.ROOT)) ? null : "a day or a time";
            }
            default -> {
                return time.after(value.toUpperCase(Locale.ROOT)) ? null : "a day or a time";
            }
        }
        return null;
    }

    private static void name(List<String> names, String filter, String value) {
        if (names.size() == SearchQuery.MAX_NAMES) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_NAMES + " times " + filter + ":");
        }
        names.add(value);
    }

    private static String example(String name) {
        return switch (name) {
            case "from" -> "from:alice";
            case "in" -> "in:garden";
            case "on" -> "on:2026-01-31";
            default -> name + ":2026-01-31 or " + name + ":2026-01-31T12:00:00Z";
        };
    }

    private void add(Clause clause, boolean exclude) {
        if (clause.words().isEmpty()) {
            // Punctuation alone is in no term, so it can neither be found nor left out.
            return;
        }
        if (required.size() + excluded.size() == SearchQuery.MAX_CLAUSES) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_CLAUSES + " words and phrases");
        }
        terms += clause.words().size();
        forms += clause.forms();
        if (terms > SearchQuery.MAX_TERMS) {
            throw ChatException.badRequest("The search is too long, leave some of it out");
        }
        (exclude ? excluded : required).add(clause);
    }

    /** The text up to the next blank or phrase; a quotation mark that begins no phrase is part of it. */
    private String word() {
        int start = at;
        do {
            at++;
        } while (at < typed.length() && !isBlank(at) && Quotes.closing(typed, at) < 0);
        return typed.substring(start, at);
    }

    private static int colon(String word) {
        int wide = word.indexOf('：');
        int colon = word.indexOf(':');
        return wide >= 0 && (colon < 0 || wide < colon) ? wide : colon;
    }

    /** Folds case and width of a filter's name or value. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private void skipBlanks() {
        while (at < typed.length() && isBlank(at)) {
            at++;
        }
    }

    private boolean isBlank(int index) {
        return Quotes.isBlank(typed.charAt(index));
    }
}
