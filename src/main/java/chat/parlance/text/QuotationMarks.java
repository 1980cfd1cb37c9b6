package chat.parlance.text;

import java.util.List;

/** Quotation marks of all languages, straight and curly, by kinds. Languages differ in which mark of a kind opens. */
public final class QuotationMarks {

    private static final List<String> DOUBLE = List.of("\"“”„‟＂〝〞〟❝❞", "«»", "‹›", "「」", "『』", "｢｣");

    /** Single marks, which are apostrophes too. */
    private static final String SINGLE = "'‘’‚‛＇❛❜";

    private QuotationMarks() {}

    /** Marks of the same kind, all of which may close what this one opens; empty for any other character. */
    public static String ofKind(char mark) {
        return DOUBLE.stream()
                .filter(kind -> kind.indexOf(mark) >= 0)
                .findFirst()
                .orElse(isSingle(mark) ? SINGLE : "");
    }

    public static boolean isSingle(char mark) {
        return SINGLE.indexOf(mark) >= 0;
    }
}
