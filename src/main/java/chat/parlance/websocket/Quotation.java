package chat.parlance.websocket;

import chat.parlance.model.Text;
import chat.parlance.text.QuotationMarks;
import java.util.Optional;

/**
 * Text between quotation marks at the beginning of a typed text. The marks are those of any language, for telephones put curly
 * ones in place of straight ones. A mark closes only where a word ends, so a mark may stand within.
 *
 * @param left the typed text after the quotation
 */
record Quotation(String quoted, String left) {

    /** The quotation that a text begins with; empty when the text begins with no mark, or nothing closes it. */
    static Optional<Quotation> atStartOf(String text) {
        String marks = text.isEmpty() ? "" : QuotationMarks.ofKind(text.charAt(0));
        for (int at = 1; at < text.length(); at++) {
            if (marks.indexOf(text.charAt(at)) >= 0 && isEnd(text, at + 1)) {
                return Optional.of(new Quotation(text.substring(1, at), Text.stripped(text.substring(at + 1))));
            }
        }
        return Optional.empty();
    }

    /** True for a text that begins with an opening mark, and not with a single one, which may be an apostrophe. */
    static boolean begins(String text) {
        return !text.isEmpty()
                && !QuotationMarks.ofKind(text.charAt(0)).isEmpty()
                && !QuotationMarks.isSingle(text.charAt(0));
    }

    private static boolean isEnd(String text, int at) {
        return at == text.length() || Text.isBlank(text.substring(at, at + 1));
    }
}
