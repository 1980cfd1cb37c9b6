import com.google.javascript.rhino.Node;
import java.util.regex.Pattern;

/**
 * Markup in templates ({@code html`...`}) without its line breaks and indentation, which the compiler keeps as a part of a text.
 * htm drops blanks with a line break at the ends of a text; between attributes any blank is enough.
 */
final class Templates {

    /** Name of the template's tag when all modules are linked. */
    private static final String TAG = "html$$module$view$html";

    private static final Pattern AT_BEGIN = Pattern.compile("^\\s*\\n\\s*");
    private static final Pattern AT_END = Pattern.compile("\\s*\\n\\s*$");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final StringBuilder shortened = new StringBuilder();

    /** True between {@code <} and {@code >}, also across the values of a template. */
    private boolean isInTag;

    private char quote;

    private Templates() {}

    /** Shortens all templates below a node. */
    static void shorten(Node node) {
        if (node.isTaggedTemplateLit()
                && node.getFirstChild().isName()
                && node.getFirstChild().getString().equals(TAG)) {
            Templates templates = new Templates();
            for (Node part = node.getLastChild().getFirstChild(); part != null; ) {
                Node next = part.getNext();
                if (part.isTemplateLitString()) {
                    String text = templates.shorten(part.getRawString());
                    part.replaceWith(Node.newTemplateLitString(text, text).srcref(part));
                }
                part = next;
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            shorten(child);
        }
    }

    /** A part of a template, between two values. */
    private String shorten(String markup) {
        shortened.setLength(0);
        for (int at = 0; at < markup.length(); ) {
            at = isInTag ? readTag(markup, at) : readText(markup, at);
        }
        return shortened.toString();
    }

    private int readText(String markup, int from) {
        int tag = markup.indexOf('<', from);
        int end = tag < 0 ? markup.length() : tag;
        String text = AT_BEGIN.matcher(markup.substring(from, end)).replaceFirst("");
        shortened.append(AT_END.matcher(text).replaceFirst(""));
        if (tag < 0) {
            return end;
        }
        isInTag = true;
        shortened.append('<');
        return tag + 1;
    }

    private int readTag(String markup, int from) {
        int end = from;
        while (end < markup.length() && (quote != 0 || markup.charAt(end) != '>')) {
            char sign = markup.charAt(end++);
            if (quote != 0 ? sign == quote : sign == '"' || sign == '\'') {
                quote = quote == 0 ? sign : 0;
            }
        }
        // Values of attributes have one blank between words as they are.
        shortened.append(BLANKS.matcher(markup.substring(from, end)).replaceAll(" "));
        if (end < markup.length()) {
            isInTag = false;
            shortened.append('>');
            end++;
        }
        return end;
    }
}
