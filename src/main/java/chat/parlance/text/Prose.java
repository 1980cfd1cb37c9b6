package chat.parlance.text;

import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** The prose of a message: its text without code, images and destinations of links. Entities are plain text. */
public final class Prose {

    /** Placeholder for code and images, and for the begin and end of emphasis. */
    public static final char MARKUP = '\uFFFC';

    /**
     * Placeholder that also ends an address: for {@code <}, for the begin and end of a link, and for the bracket that closes an
     * address.
     */
    public static final char EDGE = '\uFFFB';

    private Prose() {}

    /** The prose of a text; lines are separated by line feeds. */
    public static String of(String markdown) {
        StringBuilder shown = new StringBuilder(markdown.length());
        // Without recursion: a message can nest as deep as it is long.
        Node node = MessageMarkdown.parse(withoutEscapes(markdown), EDGE);
        while (node != null) {
            Node child = enter(node, shown) ? node.getFirstChild() : null;
            node = child == null ? next(node, shown) : child;
        }
        return shown.toString();
    }

    /** The text with a plain sign for an escaped {@code @} and for the begin of each entity, which the parser would resolve. */
    private static String withoutEscapes(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(c == '&' || (c == '@' && escaped) ? MessageMarkdown.PLAIN : c);
            escaped = c == '\\' && !escaped;
        }
        return safe.toString();
    }

    /** Adds the begin of a node; true when its children are prose. */
    private static boolean enter(Node node, StringBuilder shown) {
        switch (node) {
            case Text text -> shown.append(text.getLiteral());
            case Code code -> shown.append(MARKUP);
            case Image image -> shown.append(MARKUP);
            case Emphasis emphasis -> shown.append(MARKUP);
            case StrongEmphasis emphasis -> shown.append(MARKUP);
            case Strikethrough emphasis -> shown.append(MARKUP);
            case Link link -> shown.append(EDGE);
            case Address address -> shown.append(EDGE);
            default -> shown.append('\n');
        }
        return !(node instanceof Image);
    }

    private static @Nullable Node next(Node last, StringBuilder shown) {
        for (Node node = last; node != null; node = node.getParent()) {
            leave(node, shown);
            if (node.getNext() != null) {
                return node.getNext();
            }
        }
        return null;
    }

    private static void leave(Node node, StringBuilder shown) {
        switch (node) {
            case Emphasis emphasis -> shown.append(MARKUP);
            case StrongEmphasis emphasis -> shown.append(MARKUP);
            case Strikethrough emphasis -> shown.append(MARKUP);
            case Link link -> shown.append(EDGE);
            case Block block -> shown.append('\n');
            default -> {}
        }
    }
}
