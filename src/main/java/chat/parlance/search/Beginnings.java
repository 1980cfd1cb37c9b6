package chat.parlance.search;

import java.util.ArrayList;
import java.util.List;

/** Forms of the last word of a query, which may be unfinished: all words that begin with it. */
final class Beginnings {

    /** Least number of letters of a prefix: one letter begins too many words, but a syllable of Korean does not. */
    private static final int MIN_LETTERS = 2;

    private static final int FIRST_SYLLABLE = '가';
    private static final int LAST_SYLLABLE = '힣';

    /** Syllables that begin with the same two letters: one without a third letter, and then one for each third letter. */
    private static final int FINALS = 28;

    private static final int FIRST_INITIAL = 0x1100;
    private static final int LAST_INITIAL = 0x1112;

    private Beginnings() {}

    /**
     * @param term as {@link Tokenizer} returns it
     * @param forms of the term; the forms with that prefix are dropped
     */
    static List<Form> of(String term, List<Form> forms) {
        String begun = withoutInitial(term);
        if (begun.codePointCount(0, begun.length()) < MIN_LETTERS && !Script.isHangul(begun.codePointAt(0))) {
            return forms;
        }
        List<Form> all = new ArrayList<>(List.of(Form.beginning(begun)));
        addFinals(begun, all);
        forms.stream().filter(form -> !form.value().startsWith(begun)).forEach(all::add);
        return all;
    }

    /** Term without a consonant of Korean at its end that starts the next syllable. */
    private static String withoutInitial(String term) {
        int last = term.length() - 1;
        boolean begins = last > 0
                && term.charAt(last) >= FIRST_INITIAL
                && term.charAt(last) <= LAST_INITIAL
                && Script.isHangul(term.charAt(last - 1));
        return begins ? term.substring(0, last) : term;
    }

    /**
     * Adds the prefixes that a last syllable of Korean without a final consonant can become: 서울 is typed by way of 서우.
     * A single syllable would begin too many words.
     */
    private static void addFinals(String begun, List<Form> all) {
        char last = begun.charAt(begun.length() - 1);
        if (begun.length() < MIN_LETTERS || last < FIRST_SYLLABLE || last > LAST_SYLLABLE) {
            return;
        }
        if ((last - FIRST_SYLLABLE) % FINALS == 0) {
            String before = begun.substring(0, begun.length() - 1);
            for (int i = 1; i < FINALS; i++) {
                all.add(Form.beginning(before + (char) (last + i)));
            }
        }
    }
}
