package chat.parlance.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule by which the words of a language change. */
sealed interface Inflection {

    /** Adds the forms of a word to which the rule applies. */
    void add(String word, Set<Form> forms);

    /**
     * Endings of one stem: a word with one of the endings has all of them as forms. So two forms of a word find each other.
     *
     * @param stem pattern of the stems to which it applies
     */
    record Paradigm(Pattern stem, List<Ending> endings) implements Inflection {

        /** @param endings separated by blanks; - is no ending, + doubles the last letter of the stem */
        static Paradigm of(String stem, String endings) {
            return new Paradigm(
                    Pattern.compile(stem),
                    Arrays.stream(endings.split(" ")).map(Ending::of).toList());
        }

        @Override
        public void add(String word, Set<Form> forms) {
            for (Ending ending : endings) {
                String found = ending.removedFrom(word);
                if (found != null && stem.matcher(found).matches()) {
                    endings.forEach(other -> forms.add(Form.exact(other.addedTo(found))));
                }
            }
        }
    }

    /** @param doubles true when the last letter of the stem is doubled before the ending */
    record Ending(String text, boolean doubles) {

        static Ending of(String written) {
            return switch (written.charAt(0)) {
                case '-' -> new Ending("", false);
                case '+' -> new Ending(written.substring(1), true);
                default -> new Ending(written, false);
            };
        }

        @Nullable
        String removedFrom(String word) {
            int end = word.length() - text.length();
            if (!word.endsWith(text) || (doubles && (end < 2 || word.charAt(end - 1) != word.charAt(end - 2)))) {
                return null;
            }
            return word.substring(0, doubles ? end - 1 : end);
        }

        String addedTo(String stem) {
            return doubles ? stem + stem.charAt(stem.length() - 1) + text : stem + text;
        }
    }

    /**
     * Particles of Korean, which follow a noun without a space. A word of two syllables or more finds every word that begins
     * with it, so any particle and any compound; a word of one syllable begins too many others and finds only itself with
     * particles. A word with a particle also finds the noun without it and with the other particles.
     */
    record Particles() implements Inflection {

        private static final List<String> AFTER_ANY =
                List.of(("에 에서 에게 에는 에도 에서는 에서도 의 도 만 까지 부터 보다 처럼 마다 밖에 한테 하고 들 들이 들은 들을 요 " + "입니다").split(" "));
        private static final List<String> AFTER_CONSONANT = List.of("이 은 을 과 으로 으로는 으로도 이나 이랑 이라 이에요 이야".split(" "));
        private static final List<String> AFTER_VOWEL = List.of("가 는 를 와 로 로는 로도 나 랑 라 예요 야".split(" "));

        private static final Pattern HANGUL = Pattern.compile("[가-힣]+");
        private static final int FIRST_SYLLABLE = '가';
        private static final int FINALS = 28;

        /** The final consonant ㄹ, which some particles follow in the form for vowels. */
        private static final int RIEUL = 8;

        @Override
        public void add(String word, Set<Form> forms) {
            if (!HANGUL.matcher(word).matches()) {
                return;
            }
            if (word.length() > 1) {
                forms.add(Form.beginning(word));
            } else {
                addWithParticles(word, forms);
            }
            for (int length = 1; length < word.length(); length++) {
                String noun = word.substring(0, length);
                String particle = word.substring(length);
                // One syllable after one syllable is too often the end of a short noun.
                if ((length > 1 || particle.length() > 1)
                        && particlesAfter(noun).contains(particle)) {
                    addWithParticles(noun, forms);
                }
            }
        }

        private static void addWithParticles(String noun, Set<Form> forms) {
            forms.add(Form.exact(noun));
            particlesAfter(noun).forEach(particle -> forms.add(Form.exact(noun + particle)));
        }

        private static List<String> particlesAfter(String noun) {
            int last = (noun.charAt(noun.length() - 1) - FIRST_SYLLABLE) % FINALS;
            List<String> particles = new ArrayList<>(AFTER_ANY);
            if (last != 0) {
                particles.addAll(AFTER_CONSONANT);
            }
            if (last == 0 || last == RIEUL) {
                particles.addAll(AFTER_VOWEL);
            }
            return particles;
        }
    }
}
