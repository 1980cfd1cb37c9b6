package chat.parlance.lines;

import chat.parlance.model.TextRules;
import chat.parlance.text.QuotationMarks;
import java.util.Optional;

/**
 * Text between quotation marks at the beginning of a typed text. The marks may be those of any language, because phones
 * replace straight ones by curly ones. A mark closes only at the end of a word, so a quotation may contain marks.
 *
 * @param left the typed text after the quotation
 */
record Quotation(String quoted, String left) {

    /** Quotation at the beginning of a text; empty when the text begins with no mark, or nothing closes it. */
    static Optional<Quotation> atStartOf(String text) {
        String marks = text.isEmpty() ? "" : QuotationMarks.ofKind(text.charAt(0));
        for (int at = 1; at < text.length(); at++) {
            if (marks.indexOf(text.charAt(at)) >= 0 && isEnd(text, at + 1)) {
                return Optional.of(new Quotation(text.substring(1, at), TextRules.stripped(text.substring(at + 1))));
            }
        }
        return Optional.empty();
    }

    /** True for a text that begins with an opening mark, except a single one, which may be an apostrophe. */
    static boolean begins(String text) {
        return !text.isEmpty()
                && !QuotationMarks.ofKind(text.charAt(0)).isEmpty()
                && !QuotationMarks.isSingle(text.charAt(0));
    }

    private static boolean isEnd(String text, int at) {
        return at == text.length() || TextRules.isBlank(text.substring(at, at + 1));
    }
}
