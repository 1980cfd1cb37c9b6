package chat.parlance.text;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The prose of a message: its Markdown as the page shows it, without code, images and destinations of links. The subset
 * is that of the page ({@code view/markdown.js}): markup, headings, link definitions and entities are text like any
 * other, and four spaces are four spaces. docs/decisions/0010-text.md says why a parser does this.
 */
public final class Prose {

    /** Placeholder for code and images, and for the begin and end of emphasis. */
    public static final char MARKUP = '\uFFFC';

    /**
     * Placeholder that also ends an address: for {@code <}, for the begin and end of a link, and for the bracket that closes an
     * address.
     */
    public static final char EDGE = '\uFFFB';

    /** Replaces signs that the parser should not read: punctuation without a meaning in Markdown. */
    private static final char PLAIN = '%';

    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(BlockQuote.class, FencedCodeBlock.class, ListBlock.class, ThematicBreak.class))
            .build();

    /** An address in angle brackets, alone or of a link. */
    private static final Pattern BRACKETED =
            Pattern.compile("<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\\s<>]*>|(?<=\\]\\()<[^<>\\n]*>");

    private Prose() {}

    /** The prose of a text; lines are separated by line feeds. */
    public static String of(String markdown) {
        StringBuilder shown = new StringBuilder(markdown.length());
        // Without recursion: a message can nest as deep as it is long.
        Node node = PARSER.parse(withoutHazards(markdown));
        while (node != null) {
            Node child = enter(node, shown) ? node.getFirstChild() : null;
            node = child == null ? next(node, shown) : child;
        }
        return shown.toString();
    }

    /**
     * The text for the parser, without signs that mean nothing on the page: an escaped {@code @}, entities, markup, and
     * definitions of links. This also keeps the parser linear, which searches the whole text for the end of each {@code <}.
     */
    private static String withoutHazards(String markdown) {
        String text = BRACKETED.matcher(markdown).replaceAll(Prose::withoutSigns);
        StringBuilder safe = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(
                    switch (c) {
                        case '@' -> escaped ? PLAIN : c;
                        case '&' -> PLAIN;
                        case '<' -> EDGE;
                        case ':' -> i > 0 && text.charAt(i - 1) == ']' ? ';' : c;
                        default -> c;
                    });
            escaped = c == '\\' && !escaped;
        }
        return safe.toString();
    }

    private static String withoutSigns(MatchResult bracketed) {
        return Matcher.quoteReplacement(
                bracketed.group().replace('@', PLAIN).replace('＠', PLAIN).replace('>', EDGE));
    }

    /** Adds the begin of a node; true when its children are prose. */
    private static boolean enter(Node node, StringBuilder shown) {
        switch (node) {
            case Text text -> shown.append(text.getLiteral());
            case Code code -> shown.append(MARKUP);
            case Image image -> shown.append(MARKUP);
            case Emphasis emphasis -> shown.append(MARKUP);
            case StrongEmphasis emphasis -> shown.append(MARKUP);
            case Link link -> shown.append(EDGE);
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
            case Link link -> shown.append(EDGE);
            case Block block -> shown.append('\n');
            default -> {}
        }
    }
}
