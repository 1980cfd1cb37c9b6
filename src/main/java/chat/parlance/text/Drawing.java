package chat.parlance.text;

import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * A message as its reader sees it, with its Markdown drawn. Characters, rules, images and the signs of a list's items
 * are visible; quotes, code, tables, emphasis and links are visible when their contents are.
 */
public final class Drawing {

    /** Limit of parsed characters of a text; all further ones count as typed. */
    private static final int MAX_PARSED = 16_384;

    /** Markup that can hide visible characters: destinations of links, entities, and fences with a language. */
    private static final List<String> HIDING = List.of("](", "&", "```", "~~~");

    private Drawing() {}

    /** True when something is visible. */
    public static boolean showsAnything(String markdown) {
        if (isSeenWithoutParsing(markdown)) {
            return true;
        }
        int parsed = Math.min(markdown.length(), MAX_PARSED);
        return isAnySeen(MessageMarkdown.parse(markdown.substring(0, parsed), MessageMarkdown.PLAIN))
                || Glyphs.anyIn(markdown.substring(parsed));
    }

    /**
     * True for almost every text: a letter stands before all markup that could hide it. Each send is checked, so the text is
     * read no further than to that letter.
     */
    private static boolean isSeenWithoutParsing(String markdown) {
        int at = 0;
        while (at < markdown.length() && !isHiding(markdown, at)) {
            int point = markdown.codePointAt(at);
            if (Character.isLetterOrDigit(point) && Glyphs.isSeen(point)) {
                return true;
            }
            at += Character.charCount(point);
        }
        return false;
    }

    private static boolean isHiding(String markdown, int at) {
        for (String markup : HIDING) {
            if (markdown.startsWith(markup, at)) {
                return true;
            }
        }
        return false;
    }

    /** Without recursion: a message can nest as deep as it is long. */
    private static boolean isAnySeen(Node document) {
        Node node = document;
        while (node != null) {
            if (isSeen(node)) {
                return true;
            }
            Node child = node.getFirstChild();
            node = child == null ? next(node) : child;
        }
        return false;
    }

    private static @Nullable Node next(Node last) {
        for (Node node = last; node != null; node = node.getParent()) {
            if (node.getNext() != null) {
                return node.getNext();
            }
        }
        return null;
    }

    private static boolean isSeen(Node node) {
        return switch (node) {
            case Text text -> Glyphs.anyIn(text.getLiteral());
            case Code code -> Glyphs.anyIn(code.getLiteral());
            case FencedCodeBlock code -> Glyphs.anyIn(code.getLiteral());
            case Address address -> true;
            case Image image -> true;
            case ListItem item -> true;
            case ThematicBreak rule -> true;
            default -> false;
        };
    }
}
