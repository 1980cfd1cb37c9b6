package chat.parlance.search;

/**
 * One way in which a word of a query may stand in a text.
 *
 * @param value of the term
 * @param beginning whether any term that begins so will do
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
