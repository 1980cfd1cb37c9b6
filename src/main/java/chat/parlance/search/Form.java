package chat.parlance.search;

/**
 * Term of a text that a word of a query finds.
 *
 * @param value the term, or its prefix
 * @param beginning true when it finds every term with that prefix
 */
public record Form(String value, boolean beginning) {

    static Form exact(String value) {
        return new Form(value, false);
    }

    static Form beginning(String value) {
        return new Form(value, true);
    }

    boolean matches(Term term) {
        return beginning ? term.value().startsWith(value) : term.value().equals(value);
    }
}
