package chat.parlance.search;

import chat.parlance.model.TextRange;
import java.util.ArrayList;
import java.util.List;

/**
 * One word or phrase of a query: terms that stand side by side, in this order.
 *
 * @param words at least one
 */
public record Clause(List<Word> words) {

    /** @param prefix whether any term that begins so will do */
    public record Word(String value, boolean prefix) {

        boolean matches(Term term) {
            return prefix ? term.value().startsWith(value) : term.value().equals(value);
        }
    }

    public Clause {
        words = List.copyOf(words);
    }

    /**
     * The clause that finds a text as it was typed; a star after its last word makes a prefix of that.
     *
     * @return a clause without words when there is nothing in it that can be found
     */
    static Clause of(String typed) {
        List<Term> terms = Terms.of(typed);
        List<Word> words = new ArrayList<>(terms.size());
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            if (i < terms.size() - 1) {
                words.add(new Word(term.value(), false));
            } else if (!isEndOfPair(terms, i)) {
                words.add(new Word(term.value(), isStarred(typed, term) || isLoneCharacter(typed, term)));
            }
        }
        return new Clause(words);
    }

    /** Where the clause is in a text, from its beginning on. */
    List<TextRange> in(List<Term> terms) {
        List<TextRange> ranges = new ArrayList<>();
        for (int i = 0; i + words.size() <= terms.size(); i++) {
            if (isAt(terms, i)) {
                int last = words.size() - 1;
                Term end = terms.get(i + last);
                boolean firstOnly =
                        words.get(last).value().length() < end.value().length() && end.firstEnd() < end.end();
                ranges.add(new TextRange(terms.get(i).start(), firstOnly ? end.firstEnd() : end.end()));
            }
        }
        return ranges;
    }

    private boolean isAt(List<Term> terms, int index) {
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).matches(terms.get(index + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStarred(String typed, Term term) {
        return term.end() < typed.length() && typed.charAt(term.end()) == '*';
    }

    /** Of a script without spaces, the last character stands alone too, but only where a text ends with it. */
    private static boolean isEndOfPair(List<Term> terms, int index) {
        return index > 0
                && terms.get(index - 1).firstEnd() == terms.get(index).start()
                && terms.get(index - 1).firstEnd() < terms.get(index - 1).end();
    }

    private static boolean isLoneCharacter(String typed, Term term) {
        return Script.hasNoSpaces(typed.codePointAt(term.start()));
    }
}
