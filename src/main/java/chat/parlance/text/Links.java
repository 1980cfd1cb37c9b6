package chat.parlance.text;

import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/** Links of a message: those of Markdown, pictures, and bare addresses, but nothing in code. */
public final class Links {

    /** A text without one of these signs has no link, and is not parsed. */
    private static final Pattern SIGN = Pattern.compile("://|www\\.|\\]\\(", Pattern.CASE_INSENSITIVE);

    /** Destinations that the page opens. */
    private static final Pattern OPENED =
            Pattern.compile("(?:https?|mailto):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Replacement of angle brackets: neither a letter nor a Markdown sign. */
    private static final char ANGLE = Prose.EDGE;

    private Links() {}

    /** True for a text with a link that the page draws. */
    public static boolean in(String markdown) {
        if (!SIGN.matcher(markdown).find()) {
            return false;
        }
        // Without recursion: a message can nest as deep as it is long.
        Node node = MessageMarkdown.parse(markdown, ANGLE);
        while (node != null) {
            if (isLink(node)) {
                return true;
            }
            node = next(node);
        }
        return false;
    }

    private static boolean isLink(Node node) {
        return switch (node) {
            case Link link -> OPENED.matcher(link.getDestination()).matches();
            case Image image -> OPENED.matcher(image.getDestination()).matches();
            case Address address -> true;
            default -> false;
        };
    }

    /** The node after one, in the order of the text. */
    private static @Nullable Node next(Node last) {
        if (last.getFirstChild() != null) {
            return last.getFirstChild();
        }
        Node node = last;
        while (node != null && node.getNext() == null) {
            node = node.getParent();
        }
        return node == null ? null : node.getNext();
    }
}
