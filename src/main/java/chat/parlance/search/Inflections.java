package chat.parlance.search;

import chat.parlance.search.Inflection.Paradigm;
import chat.parlance.search.Inflection.Particles;
import chat.parlance.text.SearchLanguage;
import java.util.List;

/**
 * The inflections of each language. Stems and endings are written as {@link chat.parlance.model.TextFolding} leaves them:
 * without accents and umlauts, й as и, ё as е. They cover nouns and adjectives, and verbs of English alone: in the other
 * languages endings of verbs are too often endings of nouns.
 */
final class Inflections {

    private static final List<Inflection> GERMAN = List.of(
            Paradigm.of("[a-z]{3,}", "- e en er ern es em s"),
            Paradigm.of("[a-z]{2,}(e|el|er)", "- n s"),
            Paradigm.of("[a-z]{3,}", "in innen"));

    private static final List<Inflection> ENGLISH = List.of(
            Paradigm.of("(?![^aeiou]+[aeiou][bdgkmnprt]$)[a-z]{2,}[bcdfghjklmnpqrtvw]", "- s ed ing"),
            Paradigm.of("[^aeiou]+[aeiou][bdgkmnprt]", "- s +ed +ing"),
            Paradigm.of("[a-z]{2,}(s|x|z|ch|sh)", "- es ed ing"),
            Paradigm.of("[a-z]{2,}[aiou]", "- s"),
            Paradigm.of("[a-z]{2,}o", "- es"),
            Paradigm.of("[a-z]+[aeiou]y", "- s ed ing"),
            Paradigm.of("[a-z]{2,}[^aeiou]", "y ies ied ying"),
            Paradigm.of("[a-z]{2,}[^aeo]|[aeiou][^aeiou]", "e es ed ing"));

    private static final List<Inflection> SPANISH = List.of(
            Paradigm.of("[a-z]{2,}[aeiou]", "- s"),
            Paradigm.of("[a-z]{2,}[^aeious]", "- es"),
            Paradigm.of("[a-z]{3,}", "o a os as"),
            Paradigm.of("[a-z]{2,}", "z ces"));

    private static final List<Inflection> FRENCH = List.of(
            Paradigm.of("[a-z]{3,}[^sxz]", "- s"),
            Paradigm.of("[a-z]{3,}[^aeiouxz]", "- e s es"),
            Paradigm.of("[a-z]*(eau|eu)", "- x"),
            Paradigm.of("[a-z]{2,}", "al aux"));

    private static final List<Inflection> RUSSIAN = List.of(
            Paradigm.of("[а-я]{3,}", "- а у ом е ы и о ов ам ами ах ои ою"),
            Paradigm.of("[а-я]{2,}", "ь я ю е и ем еи ям ями ях ью"),
            Paradigm.of("[а-я]{2,}", "ия ие ии ию ием иеи иям иями иях"),
            Paradigm.of("[а-я]{2,}", "ыи ая ое ые ого ому ым ом ои ую ых ыми"),
            Paradigm.of("[а-я]{2,}", "ии яя ее ие его ему им ем еи юю их ими"));

    private static final List<Inflection> KOREAN = List.of(new Particles());

    private Inflections() {}

    static List<Inflection> of(SearchLanguage language) {
        return switch (language) {
            case ENGLISH -> ENGLISH;
            case FRENCH -> FRENCH;
            case GERMAN -> GERMAN;
            case KOREAN -> KOREAN;
            case RUSSIAN -> RUSSIAN;
            case SPANISH -> SPANISH;
        };
    }
}
