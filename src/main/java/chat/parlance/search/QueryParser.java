package chat.parlance.search;

import chat.parlance.error.ChatException;
import chat.parlance.model.SearchFilter;
import chat.parlance.model.TextRange;
import chat.parlance.model.TextRules;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a query from left to right. */
final class QueryParser {

    private static final String FILTERS = "from: in: on: before: after: has:link is:pinned";

    /** Hyphens and minus signs of keyboards of the world. */
    private static final String MINUS = "-−－﹣‐‑";

    private final String typed;

    /** Index in the original query, of each character and of the end. */
    private final int[] origins;

    private final WordForms wordForms;
    private final QueryOptions options;
    private final TimeSpan time;
    private int at;
    private final List<Clause> required = new ArrayList<>();
    private final List<Clause> excluded = new ArrayList<>();
    private final List<String> senders = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<SearchFilter> filters = new ArrayList<>();

    /** Last required word, which is a prefix; null when blanks end the query after it, or another word follows. */
    private @Nullable String lastWord;

    private int terms;
    private int forms;

    QueryParser(String typed, WordForms wordForms, QueryOptions options) {
        if (typed.length() > SearchQuery.MAX_LENGTH) {
            throw ChatException.badRequest("A search has at most " + SearchQuery.MAX_LENGTH + " characters");
        }
        TextRules.requireStorable("search", typed);
        // Marks of direction and joiners are invisible, and terms have none.
        this.origins = visible(typed);
        this.typed = Arrays.stream(origins, 0, origins.length - 1)
                .collect(StringBuilder::new, (read, i) -> read.append(typed.charAt(i)), StringBuilder::append)
                .toString();
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
        if (required.isEmpty() && filters.isEmpty()) {
            throw ChatException.badRequest(nothing());
        }
        if (lastWord != null) {
            required.removeLast();
            required.add(Clause.of(lastWord, this::begun));
        }
        return new SearchQuery(required, excluded, senders, rooms, traits, time.from(), time.until(), filters);
    }

    /** Indices of the visible characters, and of the end. */
    private static int[] visible(String text) {
        return IntStream.concat(
                        IntStream.range(0, text.length())
                                .filter(i -> Character.getType(text.codePointAt(startOf(text, i))) != Character.FORMAT),
                        IntStream.of(text.length()))
                .toArray();
    }

    /** Index of the character that a code unit is part of. */
    private static int startOf(String text, int index) {
        boolean second = index > 0
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return second ? index - 1 : index;
    }

    private String nothing() {
        if (!excluded.isEmpty()) {
            return "A search that only leaves out needs a word or a filter too";
        }
        return (TextRules.isBlank(typed) ? "There is nothing to search for" : "Punctuation alone cannot be found")
                + ": give a word, an emoji, or one of " + FILTERS;
    }

    private void item() {
        int start = at;
        boolean exclude = MINUS.indexOf(typed.charAt(at)) >= 0 && at + 1 < typed.length() && !isBlank(at + 1);
        if (exclude) {
            at++;
        }
        int close = Quotes.closing(typed, at);
        if (close >= 0) {
            add(Clause.phrase(typed.substring(at + 1, close)), exclude);
            lastWord = null;
            at = close + 1;
            return;
        }
        String word = word();
        int colon = colon(word);
        String name = colon < 0 ? "" : plain(word.substring(0, colon));
        switch (name) {
            case "from", "in", "on", "before", "after", "has", "is" -> {
                if (exclude) {
                    throw ChatException.badRequest(name + ": cannot be left out with -");
                }
                filter(start, name, word.substring(colon + 1));
            }
            default -> {
                Clause clause = Clause.of(word, this::forms);
                add(clause, exclude);
                lastWord = exclude || clause.words().isEmpty() || endsInBlanks() ? null : word;
            }
        }
    }

    /** Forms of the last term of a word. */
    private List<Form> forms(Term last) {
        return forms < SearchQuery.MAX_FORMS ? wordForms.of(last.value()) : List.of(Form.exact(last.value()));
    }

    /** Forms of the last term of the last word; punctuation after the term ends it. */
    private List<Form> begun(Term last) {
        boolean ended = lastWord == null || last.end() < lastWord.length();
        return ended ? forms(last) : Beginnings.of(last.value(), forms(last));
    }

    private void filter(int start, String name, String written) {
        int close = written.isEmpty() && at < typed.length() ? Quotes.closing(typed, at) : -1;
        String value =
                plain(close < 0 ? written : typed.substring(at + 1, close).strip());
        at = Math.max(at, close + 1);
        String problem = value.isEmpty() ? "a value right after it" : apply(name, value);
        // A filter that is still being typed is no error while there is something to search for.
        boolean typing = options.typing() && at == typed.length() && !required.isEmpty();
        if (problem == null) {
            filters.add(new SearchFilter(name, named(name, value), new TextRange(origins[start], origins[at])));
        } else if (!typing) {
            throw ChatException.badRequest(name + ": needs " + problem + ", such as " + example(name));
        }
    }

    /** @return the expected value of the filter, null when the value is valid */
    private @Nullable String apply(String name, String value) {
        switch (name) {
            case "from" -> name(senders, name, named(name, value));
            case "in" -> name(rooms, name, named(name, value));
            case "has" -> {
                return trait(Trait.LINK, value);
            }
            case "is" -> {
                return trait(Trait.PINNED, value);
            }
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

    private @Nullable String trait(Trait trait, String value) {
        if (!value.equals(trait.value())) {
            return trait.value();
        }
        traits.add(trait);
        return null;
    }

    /** Value without the sign of a user or room. */
    private static String named(String name, String value) {
        boolean signed = (name.equals("from") && value.startsWith("@")) || (name.equals("in") && value.startsWith("#"));
        return signed ? value.substring(1) : value;
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
            case "has" -> "has:link";
            case "is" -> "is:pinned";
            default -> name + ":2026-01-31 or " + name + ":2026-01-31T12:00:00Z";
        };
    }

    private void add(Clause clause, boolean exclude) {
        if (clause.words().isEmpty()) {
            // Punctuation alone is in no term, so it can be neither found nor excluded.
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

    /** True when nothing but blanks follows. */
    private boolean endsInBlanks() {
        return at < typed.length() && typed.chars().skip(at).allMatch(character -> Quotes.isBlank((char) character));
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
