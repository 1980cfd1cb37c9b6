package chat.parlance.search;

import chat.parlance.model.TextFolding;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into terms, without knowing its language.
 *
 * <p>A run of letters and digits is a term; anything else separates, so that an address, an identifier or a number with
 * a point is several terms side by side, and a query for it their phrase. An emoji is a term of its own.
 *
 * <p>Scripts without spaces have no visible words (finding them takes a dictionary of each language). There, each pair
 * of neighbours is a term, and the last character alone: a query of several characters is the phrase of its pairs, a
 * query of one is a prefix, and both find every occurrence of the characters, and nothing else. This is the overlapping
 * bigram of the CJK analyzers.
 */
public final class Tokenizer {

    /** Limit of the terms of a text; later ones are not found. Postgres keeps positions up to 16,383. */
    public static final int MAX_TERMS = 16_000;

    /** Limit of the characters of all terms; a vector of Postgres has a megabyte at most. */
    static final int MAX_CHARS = 200_000;

    /** Limit of the length of a term; a longer run is found by its prefix. */
    static final int MAX_TERM_LENGTH = 64;

    private final String text;
    private final List<Term> terms = new ArrayList<>();
    private int chars;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** Terms of a text, in order. */
    public static List<Term> of(String text) {
        Tokenizer cut = new Tokenizer(text);
        cut.all();
        return List.copyOf(cut.terms);
    }

    private void all() {
        int at = 0;
        while (at < text.length() && terms.size() < MAX_TERMS && chars < MAX_CHARS) {
            int character = text.codePointAt(at);
            if (Script.isPictograph(character)) {
                int end = at + Character.charCount(character);
                add(Character.toString(character), at, end, end);
                at = end;
            } else if (!Script.isLetterOrDigit(character)) {
                at += Character.charCount(character);
            } else if (Script.hasNoSpaces(character)) {
                at = neighbours(at);
            } else {
                at = run(at);
            }
        }
    }

    private int run(int start) {
        int end = start;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            if (!Script.continues(character) && (!Script.isLetterOrDigit(character) || Script.hasNoSpaces(character))) {
                break;
            }
            end += Character.charCount(character);
        }
        String folded = TextFolding.fold(text.substring(start, end));
        if (!folded.isEmpty()) {
            add(shortened(folded), start, end, end);
        }
        return end;
    }

    /** Terms of a run of a script without spaces: pairs of neighbours, and the last one alone. */
    private int neighbours(int start) {
        int begin = start;
        int end = characterEnd(begin);
        String value = TextFolding.fold(text.substring(begin, end));
        while (end < text.length() && Script.hasNoSpaces(text.codePointAt(end)) && terms.size() < MAX_TERMS) {
            int nextEnd = characterEnd(end);
            String next = TextFolding.fold(text.substring(end, nextEnd));
            add(shortened(value + next), begin, nextEnd, end);
            begin = end;
            end = nextEnd;
            value = next;
        }
        if (!value.isEmpty()) {
            add(shortened(value), begin, end, end);
        }
        return end;
    }

    /** Index after a character and its marks. */
    private int characterEnd(int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        while (end < text.length() && Script.continues(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private void add(String value, int start, int end, int firstEnd) {
        terms.add(new Term(value, terms.size() + 1, start, end, firstEnd));
        chars += value.length();
    }

    private static String shortened(String folded) {
        if (folded.length() <= MAX_TERM_LENGTH) {
            return folded;
        }
        int end = Character.isHighSurrogate(folded.charAt(MAX_TERM_LENGTH - 1)) ? MAX_TERM_LENGTH - 1 : MAX_TERM_LENGTH;
        return folded.substring(0, end);
    }
}
