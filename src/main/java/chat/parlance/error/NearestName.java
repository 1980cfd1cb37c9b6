package chat.parlance.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggestion for a name that is not known: the known one that was meant, when one is near enough. */
public final class NearestName {

    /** Edits of a long name; a short one may have one for each {@link #LETTERS_PER_EDIT} letters. */
    private static final int MAX_EDITS = 3;

    private static final int LETTERS_PER_EDIT = 3;

    private NearestName() {}

    /**
     * Finds the nearest name, regardless of case and signs. A name that ends with the whole of an unknown one comes first, so that
     * a key is found without its section.
     */
    public static Optional<String> of(String unknown, Collection<String> known) {
        String letters = letters(unknown);
        if (letters.length() < LETTERS_PER_EDIT) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> letters(name).endsWith(letters))
                .min(Comparator.comparingInt(String::length))
                .or(() -> bySpelling(letters, known));
    }

    private static Optional<String> bySpelling(String letters, Collection<String> known) {
        int most = Math.min(MAX_EDITS, letters.length() / LETTERS_PER_EDIT);
        return known.stream()
                .filter(name -> edits(letters, name) <= most)
                .min(Comparator.<String>comparingInt(name -> edits(letters, name))
                        .thenComparingInt(String::length));
    }

    /** The whole name, or its part behind the last dot. */
    private static int edits(String letters, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return Math.min(distance(letters, letters(name)), distance(letters, letters(last)));
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Letters to insert, delete, replace or swap with the next one (optimal string alignment). */
    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[from.length()][to.length()];
    }
}
