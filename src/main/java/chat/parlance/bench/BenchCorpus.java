package chat.parlance.bench;

import java.util.Random;

/**
 * Texts of made-up words with the frequencies of a language: the word of rank r occurs 1/r times as often as the first
 * (Zipf's law). The same seed gives the same texts.
 */
final class BenchCorpus {

    /** Size of the vocabulary. */
    static final int VOCABULARY = 50_000;

    private static final int MIN_LENGTH = 5;
    private static final int MAX_LENGTH = 25;
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    private final Random random;
    private final double[] cumulative = new double[VOCABULARY];

    BenchCorpus(long seed) {
        random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 1);
            cumulative[i] = sum;
        }
    }

    String text() {
        int length = random.nextInt(MIN_LENGTH, MAX_LENGTH + 1);
        StringBuilder text = new StringBuilder(word(rank()));
        for (int i = 1; i < length; i++) {
            text.append(' ').append(word(rank()));
        }
        return text.toString();
    }

    /** A word of one of the ranks {@code from} to {@code to - 1}. */
    String wordOf(int from, int to) {
        return word(random.nextInt(from, to));
    }

    /** @param rank from 0, the most frequent, on */
    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        int left = rank + CONSONANTS.length() * VOWELS.length();
        while (left > 0) {
            int syllable = left % (CONSONANTS.length() * VOWELS.length());
            word.append(CONSONANTS.charAt(syllable / VOWELS.length()))
                    .append(VOWELS.charAt(syllable % VOWELS.length()));
            left /= CONSONANTS.length() * VOWELS.length();
        }
        return word.toString();
    }

    private int rank() {
        double at = random.nextDouble() * cumulative[VOCABULARY - 1];
        int low = 0;
        int high = VOCABULARY - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
