package chat.parlance.search;

import chat.parlance.model.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One word or phrase of a query: adjacent words, in this order.
 *
 * @param words at least one
 */
public record Clause(List<Word> words) {

    /** @param forms alternatives, at least one */
    public record Word(List<Form> forms) {

        public Word {
            forms = List.copyOf(forms);
        }

        /** Common prefix of all forms; may be empty. */
        public String beginning() {
            String shared = forms.getFirst().value();
            for (Form form : forms) {
                while (!form.value().startsWith(shared)) {
                    shared = shared.substring(0, shared.length() - 1);
                }
            }
            return shared;
        }

        boolean matches(Term term) {
            return forms.stream().anyMatch(form -> form.matches(term));
        }

        /** True when one of the forms has both characters of a pair, though perhaps not the marks on the second one. */
        private boolean reaches(String pair) {
            int end = pair.length();
            while (end > 0 && Script.continues(pair.codePointBefore(end))) {
                end -= Character.charCount(pair.codePointBefore(end));
            }
            int least = end;
            return forms.stream().anyMatch(form -> form.value().length() >= least);
        }
    }

    public Clause {
        words = List.copyOf(words);
    }

    /**
     * Clause for a text unchanged; a star after its last word makes that word a prefix.
     *
     * @return a clause without words when the text has none that can be found
     */
    static Clause phrase(String typed) {
        return of(typed, last -> List.of(Form.exact(last.value())));
    }

    /** Clause for a text with its last word in any of its {@code forms}. */
    static Clause of(String typed, Function<Term, List<Form>> forms) {
        List<Term> terms = Tokenizer.of(typed);
        int count = isEndOfPair(terms, terms.size() - 1) ? terms.size() - 1 : terms.size();
        List<Word> words = new ArrayList<>(count);
        for (Term term : terms.subList(0, count)) {
            if (words.size() < count - 1) {
                words.add(new Word(List.of(Form.exact(term.value()))));
            } else {
                boolean beginning = isStarred(typed, term) || (count == terms.size() && isLoneCharacter(typed, term));
                words.add(new Word(beginning ? List.of(Form.beginning(term.value())) : forms.apply(term)));
            }
        }
        return new Clause(words);
    }

    /** Number of forms to look up in the index. */
    int forms() {
        return words.stream().mapToInt(word -> word.forms().size()).sum();
    }

    /** Matches of the clause in a text, in order. */
    List<TextRange> in(List<Term> terms) {
        List<TextRange> ranges = new ArrayList<>();
        for (int i = 0; i + words.size() <= terms.size(); i++) {
            if (isAt(terms, i)) {
                Term end = terms.get(i + words.size() - 1);
                boolean firstOnly =
                        end.firstEnd() < end.end() && !words.getLast().reaches(end.value());
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
        return term.end() < typed.length() && "*＊".indexOf(typed.charAt(term.end())) >= 0;
    }

    /**
     * True for a last character that stands alone. In a script without spaces it is a term of its own, but only at the
     * end of a text.
     */
    private static boolean isEndOfPair(List<Term> terms, int index) {
        return index > 0
                && terms.get(index - 1).firstEnd() == terms.get(index).start()
                && terms.get(index - 1).firstEnd() < terms.get(index - 1).end();
    }

    private static boolean isLoneCharacter(String typed, Term term) {
        return Script.hasNoSpaces(typed.codePointAt(term.start()));
    }
}
