package chat.parlance.search;

import chat.parlance.text.SearchLanguage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Forms that a word of a query finds: the word itself and its inflections in some languages, so that {@code tomato}
 * finds {@code tomatoes}. The index has words as written and a query looks up each form: languages can change without a
 * new index, and a quoted word is found only in its own form. docs/decisions/0003-search.md compares this with stems
 * and with prefixes.
 */
final class WordForms {

    /** Longest word with inflections; longer ones are names, addresses or no words. */
    private static final int MAX_LENGTH = 24;

    private final List<Inflection> inflections;

    WordForms(Set<SearchLanguage> languages) {
        this.inflections = languages.stream()
                .sorted()
                .flatMap(language -> Inflections.of(language).stream())
                .toList();
    }

    /** @param term as {@link Tokenizer} returns it */
    List<Form> of(String term) {
        Set<Form> forms = new LinkedHashSet<>();
        forms.add(Form.exact(term));
        if (term.length() <= MAX_LENGTH) {
            inflections.forEach(inflection -> inflection.add(term, forms));
        }
        return forms.stream()
                .filter(form -> forms.stream().noneMatch(other -> isCovered(form, other)))
                .toList();
    }

    private static boolean isCovered(Form form, Form other) {
        return other.beginning() && !form.equals(other) && form.value().startsWith(other.value());
    }
}
